package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.LocalMessage;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Controlled;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.LookUp;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderMessage;
import io.signalbox.gateway.bus.ProviderMessages.ProviderReset;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.BreakerLedger;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.signalbox.scoring.breaker.BreakerSettings;
import io.signalbox.scoring.breaker.BreakerSnapshot;
import io.signalbox.scoring.breaker.Transition;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.StatusLookup;
import io.signalbox.spi.WebhookReceiver;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One generation of one provider: the only place that touches a plugin's objects. Its address names
 * the generation, so that after a swap no request can reach the old one.
 */
final class ProviderVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderVerticle.class);
  private static final long TICK_MILLIS = 250;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final ProviderSetup setup;
  private final Bus bus;
  private final BreakerLedger breakers;
  private final BreakerSettings breakerSettings;
  private final @Nullable BreakerSnapshot storedBreaker;
  private final Clock clock;
  private final Duration drainTimeout;
  private final GatewayConfig.Lookup lookupSettings;
  private final DrainWish wish;
  private boolean stopping;
  private boolean stopped;
  private @Nullable String actor;
  private @Nullable Provider provider;
  private @Nullable BreakerEngine breaker;
  private @Nullable ProviderNews news;
  private @Nullable LookupDesk lookups;
  private @Nullable UnderWay underWay;

  ProviderVerticle(
      ProviderSetup setup,
      Bus bus,
      BreakerLedger breakers,
      ProviderLedger controls,
      BreakerSettings breakerSettings,
      @Nullable BreakerSnapshot storedBreaker,
      Clock clock,
      Duration drainTimeout,
      GatewayConfig.Lookup lookupSettings) {
    this.setup = setup;
    this.bus = bus;
    this.breakers = breakers;
    this.wish = new DrainWish(bus, controls, setup.id(), this::wishChanged);
    this.breakerSettings = breakerSettings;
    this.storedBreaker = storedBreaker;
    this.clock = clock;
    this.drainTimeout = drainTimeout;
    this.lookupSettings = lookupSettings;
  }

  @Override
  public Future<?> start() {
    Provider created =
        setup
            .plugin()
            .factory()
            .create(
                new ProviderContext(
                    setup.id(),
                    vertx,
                    new ConfigReader(setup.definition().config(), "config."),
                    clock,
                    setup.webhookUrl()));
    provider = created;
    UnderWay counted = new UnderWay(vertx, clock);
    underWay = counted;
    BreakerEngine engine =
        new BreakerEngine(
            vertx, setup.id(), breakerSettings, setup.definition().timeout(), clock, this::moved);
    breaker = engine;
    if (storedBreaker != null) {
      engine.restore(storedBreaker);
    }
    if (created instanceof StatusLookup askable) {
      lookups = new LookupDesk(vertx, setup.id(), askable, lookupSettings, clock);
    }
    news = new ProviderNews(setup, lookups != null, breakerSettings.halfOpenMaxTrials());
    bus.answer(
        Addresses.provider(setup.id(), setup.generation()),
        ProviderMessage.class,
        message -> handle(message, created, engine, counted));
    // Ends with the verticle's context.
    vertx.setPeriodic(TICK_MILLIS, tick -> engine.tick());
    return wish.read().onSuccess(known -> publish(engine));
  }

  private void wishChanged() {
    BreakerEngine engine = breaker;
    if (engine != null && !stopping) {
      publish(engine);
    }
  }

  private Future<? extends LocalMessage> handle(
      ProviderMessage message, Provider target, BreakerEngine engine, UnderWay counted) {
    if (message instanceof Deliver deliver) {
      return deliver(deliver, target, engine, counted);
    }
    if (message instanceof Receive receive) {
      return target instanceof WebhookReceiver receiver
          ? receiver.receive(receive.request()).map(Received::new).recover(this::notJudged)
          : Future.failedFuture(new GatewayException(404, "this provider has no webhooks"));
    }
    if (message instanceof LookUp lookUp) {
      return lookups == null
          ? Future.succeededFuture(LookedUp.without(LookUpAnswer.NOT_ASKED))
          : lookups.lookUp(lookUp.query());
    }
    if (message instanceof Control control) {
      return control(control, target, engine).map(Controlled::new);
    }
    return Future.failedFuture(new GatewayException(400, "not a request to a provider"));
  }

  private Future<Received> notJudged(Throwable failure) {
    LOG.warn("provider {} could not judge a webhook: {}", setup.id(), failure.toString());
    return Future.failedFuture(new GatewayException(503, "the webhook cannot be judged now"));
  }

  private Future<Delivered> deliver(
      Deliver deliver, Provider target, BreakerEngine engine, UnderWay counted) {
    if (!(target instanceof MessageProvider messages)) {
      return Future.succeededFuture(
          new Delivered(deliver.attempt(), notSent("no_messages", "carries no messages"), 0));
    }
    long begin = System.nanoTime();
    counted.begun();
    return engine
        .call(deliver.attempt(), deliver.cutShort(), () -> messages.deliver(deliver.request()))
        .map(
            result -> {
              counted.ended();
              return ended(deliver, result, begin);
            });
  }

  private Delivered ended(Deliver deliver, BreakerEngine.Result result, long beginNanos) {
    long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
    if (result.called()) {
      bus.publish(
          Addresses.OUTCOMES,
          ProviderNews.observed(setup.id(), deliver, result.outcome(), tookMillis, clock.millis()));
    }
    return new Delivered(deliver.attempt(), result.outcome(), tookMillis);
  }

  private static Outcome notSent(String code, String message) {
    return new Outcome.Transient(Evidence.unanswered(Progress.NOT_CONNECTED, code, message));
  }

  private Future<CheckResult> control(Control control, Provider target, BreakerEngine engine) {
    if (stopping) {
      return Future.failedFuture(new GatewayException(409, "this provider is being stopped"));
    }
    actor = control.actor();
    try {
      return obey(control.command(), target, engine);
    } finally {
      actor = null;
    }
  }

  private Future<CheckResult> obey(Command command, Provider target, BreakerEngine engine) {
    switch (command) {
      case CHECK -> {
        return target.check();
      }
      case RESET -> {
        engine.reset("reset by an operator");
        bus.publish(Addresses.PROVIDERS_RESET, new ProviderReset(setup.id()));
      }
      case OPEN -> engine.forceOpen("opened by an operator");
      case DRAIN -> {
        return drain(true);
      }
      case ENABLE -> {
        return drain(false);
      }
    }
    publish(engine);
    return Future.succeededFuture(CheckResult.healthy("done"));
  }

  private Future<CheckResult> drain(boolean drained) {
    return wish.set(drained, String.valueOf(actor), clock.millis())
        .map(stored -> CheckResult.healthy("done"));
  }

  private void moved(Transition transition, String evidence) {
    ProviderNews.log(LOG, setup.id(), transition);
    BreakerEngine engine = breaker;
    if (engine == null || stopping) {
      // What an outgoing generation learns is not held against its successor.
      return;
    }
    breakers
        .recordTransition(
            ProviderNews.transition(setup.id(), transition, engine.snapshot(), actor, evidence))
        .onFailure(
            failure -> LOG.warn("a breaker's transition was not stored: {}", failure.toString()));
    publish(engine);
  }

  private void publish(BreakerEngine engine) {
    ProviderNews told = news;
    if (told != null) {
      bus.publish(Addresses.PROVIDERS, told.state(stage(), engine.snapshot()));
    }
  }

  private Stage stage() {
    if (stopped) {
      return Stage.STOPPED;
    }
    return stopping || wish.isDrained() ? Stage.DRAINING : Stage.ACTIVE;
  }

  /** A plugin that cannot close must not hold up its replacement. */
  private Future<Void> closed(Provider target) {
    return Future.succeededFuture()
        .compose(now -> target.close())
        .timeout(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(
            failure -> {
              LOG.warn("provider {} did not close cleanly: {}", setup.id(), failure.toString());
              return null;
            });
  }

  /**
   * Takes no new work, lets what is under way end, up to the drain timeout, and closes the
   * provider. Requests that were on their way when the news went out still find it: it waits until
   * it has been quiet for a moment.
   */
  @Override
  public Future<?> stop() {
    BreakerEngine engine = breaker;
    Provider target = provider;
    UnderWay counted = underWay;
    if (engine == null || target == null || counted == null) {
      return Future.succeededFuture();
    }
    stopping = true;
    publish(engine);
    return counted
        .drained(drainTimeout)
        .compose(done -> closed(target))
        .onComplete(
            closed -> {
              engine.close();
              if (lookups != null) {
                lookups.close();
              }
              stopped = true;
              publish(engine);
            });
  }
}
