package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.LocalMessage;
import io.signalbox.gateway.bus.ProviderAbilities;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.LookUp;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderMessage;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.loader.Senders;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Feature;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.StatusQuery;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Stands where a provider verticle stands, and answers as it is told. */
final class ScriptedProvider {
  /** Longer than any test: no answer comes too late because the machine is slow. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  final List<Deliver> asked = new CopyOnWriteArrayList<>();
  private final Bus bus;
  private final String id;
  private final Channel channel;
  private final int priority;
  private final int maxConcurrent;
  private final MessageConsumer<ProviderMessage> consumer;
  final List<StatusQuery> lookedUp = new CopyOnWriteArrayList<>();
  private volatile double maxPerSecond;
  private volatile boolean statusLookup;
  private volatile ProviderAbilities abilities = ProviderAbilities.NONE;
  private volatile Function<StatusQuery, LookedUp> statuses =
      query -> LookedUp.without(LookUpAnswer.NOT_ASKED);
  private volatile Function<Deliver, Future<Outcome>> script;

  ScriptedProvider(Bus bus, String id, int priority, int maxConcurrent) {
    this(bus, id, Channel.EMAIL, priority, maxConcurrent);
  }

  ScriptedProvider(Bus bus, String id, Channel channel, int priority, int maxConcurrent) {
    this.channel = channel;
    this.bus = bus;
    this.id = id;
    this.priority = priority;
    this.maxConcurrent = maxConcurrent;
    this.script = deliver -> Future.succeededFuture(sent(deliver));
    this.consumer = bus.answer(Addresses.provider(id, 1), ProviderMessage.class, this::answer);
    publish(Stage.ACTIVE, "closed", 0);
  }

  static Outcome sent(Deliver deliver) {
    return new Outcome.Sent("remote-" + deliver.attempt(), Evidence.answered(202, null, null));
  }

  private Future<? extends LocalMessage> answer(ProviderMessage message) {
    if (message instanceof LookUp lookUp) {
      lookedUp.add(lookUp.query());
      return Future.succeededFuture(statuses.apply(lookUp.query()));
    }
    return deliver((Deliver) message);
  }

  private Future<Delivered> deliver(Deliver deliver) {
    asked.add(deliver);
    return script.apply(deliver).map(outcome -> new Delivered(deliver.attempt(), outcome, 1));
  }

  void answers(Outcome outcome) {
    script = deliver -> Future.succeededFuture(outcome);
  }

  void answers(Function<Deliver, Future<Outcome>> outcomes) {
    script = outcomes;
  }

  /** From now on it can be asked what became of an attempt. */
  void tells(Function<StatusQuery, LookedUp> answers) {
    statuses = answers;
    statusLookup = true;
    publish(Stage.ACTIVE, "closed", 0);
  }

  /** From now on it can do more, and mails may go out from these domains and addresses. */
  void can(Set<Feature> features, String... senders) {
    abilities = new ProviderAbilities(features, Senders.of(List.of(senders)));
    publish(Stage.ACTIVE, "closed", 0);
  }

  void limitedTo(double perSecond) {
    maxPerSecond = perSecond;
    publish(Stage.ACTIVE, "closed", 0);
  }

  void breaker(String state, long generation) {
    publish(Stage.ACTIVE, state, generation);
  }

  void vanish() {
    consumer.unregister();
  }

  private void publish(Stage stage, String breaker, long breakerGeneration) {
    bus.publish(
        Addresses.PROVIDERS,
        new ProviderState(
            id,
            "scripted",
            "1",
            1,
            Set.of(channel),
            priority,
            100,
            ProviderLimits.of(maxConcurrent, maxPerSecond),
            null,
            TIMEOUT,
            statusLookup,
            abilities,
            stage,
            new BreakerView(breaker, breakerGeneration, 0, 1, false, "test", 0),
            List.of(),
            ""));
  }
}
