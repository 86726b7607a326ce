package io.signalbox.gateway.lookup;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.LookUp;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.text.Complaints;
import io.signalbox.gateway.webhook.CheckedReceipts;
import io.signalbox.spi.Receipt;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which providers can be asked, and asks them. Thread-confined. */
public final class StatusAsker {
  private static final Logger LOG = LoggerFactory.getLogger(StatusAsker.class);

  /** How much longer than a turn and an answer may take is waited. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final Bus bus;
  private final LookupMeter meter;
  private final Clock clock;
  private final Duration timeout;
  private final Complaints complaints;
  private final Map<String, Long> generations = new HashMap<>();

  /**
   * Makes one that knows nobody yet.
   *
   * @param timeout how long one answer may take
   */
  public StatusAsker(Bus bus, LookupMeter meter, Clock clock, Duration timeout) {
    this.bus = bus;
    this.meter = meter;
    this.clock = clock;
    this.timeout = timeout;
    this.complaints = new Complaints(clock::millis);
  }

  /** Takes in what a provider verticle published. */
  public void update(ProviderState state) {
    if (state.stage() == Stage.STOPPED) {
      generations.remove(state.provider(), state.generation());
    } else if (state.statusLookup()) {
      generations.merge(state.provider(), state.generation(), Math::max);
    }
  }

  /** Whether a provider can be asked. */
  public boolean canAsk(String provider) {
    return generations.containsKey(provider);
  }

  /** Who can be asked now. */
  Set<String> askable() {
    return Set.copyOf(generations.keySet());
  }

  /** Asks what became of an attempt; the receipt names it. The Future never fails. */
  public Future<LookedUp> ask(LookupSubject subject) {
    Long generation = generations.get(subject.provider());
    Future<LookedUp> asked =
        generation == null
            ? Future.succeededFuture(LookedUp.without(LookUpAnswer.NOT_ASKED))
            : bus.request(
                    Addresses.provider(subject.provider(), generation),
                    new LookUp(subject.query(timeout)),
                    LookedUp.class,
                    // Its turn may come as late as the answer may take.
                    timeout.multipliedBy(2).plus(MARGIN))
                .map(lookedUp -> named(lookedUp, subject))
                .otherwise(failure -> failed(subject, failure));
    return asked.onSuccess(lookedUp -> meter.lookedUp(subject.provider(), lookedUp.answer()));
  }

  private LookedUp named(LookedUp lookedUp, LookupSubject subject) {
    Receipt said = lookedUp.receipt();
    if (said == null) {
      return lookedUp;
    }
    Receipt checked = CheckedReceipts.of(List.of(said), clock.instant()).get(0);
    return new LookedUp(
        lookedUp.answer(),
        new Receipt(
            checked.eventId(),
            subject.attempt().toString(),
            checked.providerMessageId(),
            checked.status(),
            checked.reason(),
            checked.providerStatus(),
            checked.providerCode(),
            checked.providerText(),
            checked.recipient(),
            checked.occurredAt()));
  }

  private LookedUp failed(LookupSubject subject, Throwable failure) {
    int times = complaints.count(subject.provider() + " " + failure.getClass().getName());
    if (times > 0) {
      LOG.warn(
          "{} gave no usable answer to a look-up ({} times): {}",
          subject.provider(),
          times,
          failure.toString());
    }
    return LookedUp.without(LookUpAnswer.FAILED);
  }
}
