package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.LocalMessage;
import io.signalbox.gateway.bus.OperationMessages.OperationMessage;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Controlled;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.LookUp;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderMessage;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ProviderMessages.TakeOver;
import io.signalbox.gateway.guard.GuardedProvider;
import io.signalbox.scoring.breaker.Transition;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.WebhookReceiver;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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

  private final ProviderSetup setup;
  private final GuardedProvider provider;
  private final DeliveryServices services;
  private final Bus bus;
  private final @Nullable Predecessor predecessor;
  private final Supplier<Duration> drainTimeout;
  private final DrainWish wish;
  private boolean stopping;
  private @Nullable Trial trial;
  private @Nullable String checkWarning;
  private @Nullable ProviderParts parts;

  /**
   * Makes one that does nothing yet.
   *
   * @param predecessor from which it takes over, if it is fit to; null at a first start
   * @param onTrial whether it gets a share of the work only, until it is told to take over
   * @param drainTimeout how long its end waits for what is under way; may become shorter meanwhile
   */
  ProviderVerticle(
      ProviderSetup setup,
      GuardedProvider provider,
      DeliveryServices services,
      @Nullable Predecessor predecessor,
      boolean onTrial,
      Supplier<Duration> drainTimeout) {
    this.setup = setup;
    this.provider = provider;
    this.services = services;
    this.bus = services.bus();
    this.wish = new DrainWish(bus, services.controls(), setup.id(), this::publish);
    this.predecessor = predecessor;
    this.drainTimeout = drainTimeout;
    this.trial =
        onTrial ? new Trial(bus, setup, services.config().plugins().canary().share()) : null;
  }

  @Override
  public Future<?> start() {
    ProviderParts made =
        ProviderParts.make(
            vertx, setup, provider, services, wish, this::moved, this::checked, this::publish);
    bus.answer(
        Addresses.provider(setup.id(), setup.generation()),
        ProviderMessage.class,
        message -> handle(message, made));
    bus.answer(
        Addresses.operations(setup.id(), setup.generation()),
        OperationMessage.class,
        made.operations()::handle);
    // Ends with the verticle's context.
    vertx.setPeriodic(TICK_MILLIS, tick -> tick(made));
    provider.onBlocked(blockage -> made.breaker().providerFault(blockage.text()));
    return wish.read()
        .compose(known -> admitted(made.check()))
        // Read last: the generation before has gone on writing it.
        .compose(admitted -> StoredBreaker.read(services.breakers(), setup.id()))
        .onSuccess(
            stored -> {
              stored.ifPresent(made.breaker()::restore);
              parts = made;
              if (trial == null) {
                takesWork(made);
              } else {
                trial.begin(made.breaker());
              }
            })
        .recover(refused -> provider.close().compose(gone -> Future.failedFuture(refused)));
  }

  private void tick(ProviderParts made) {
    made.breaker().tick();
    List<String> before = provider.warnings();
    provider.look();
    if (!before.equals(provider.warnings())) {
      publish();
    }
  }

  private void takesWork(ProviderParts made) {
    BreakerSharing.begin(bus, setup.id(), made.breaker(), () -> !stopping);
    publish();
  }

  private Future<Controlled> takeOver(ProviderParts made) {
    return StoredBreaker.read(services.breakers(), setup.id())
        .compose(
            stored -> {
              if (stopping) {
                return Future.failedFuture(stopped());
              }
              if (trial != null) {
                trial.handOver(made.breaker(), stored);
                trial = null;
                takesWork(made);
              }
              return Future.succeededFuture(new Controlled(CheckResult.healthy("done")));
            });
  }

  private static GatewayException stopped() {
    return new GatewayException(409, "this provider is being stopped");
  }

  /**
   * A replacement is checked before it takes work. The first generation takes it at once: nothing
   * else could, and a start of the gateway without a network must not wait for each provider.
   */
  private Future<Void> admitted(SelfCheck check) {
    Predecessor old = predecessor;
    if (old == null) {
      check.ask().onSuccess(this::checked);
      return Future.succeededFuture();
    }
    Duration timeout = services.config().plugins().checkTimeout();
    return check
        .against(() -> old.check(bus, timeout))
        .onSuccess(warning -> warning.ifPresent(this::warn))
        .mapEmpty();
  }

  private void checked(CheckResult result) {
    if (!result.healthy() && !stopping) {
      warn(SelfCheck.warning(result));
      publish();
    } else if (result.healthy() && checkWarning != null) {
      checkWarning = null;
      publish();
    }
  }

  private void warn(String warning) {
    LOG.warn("provider {} runs, but {}", setup.id(), warning);
    checkWarning = warning;
  }

  private Future<? extends LocalMessage> handle(ProviderMessage message, ProviderParts to) {
    if (message instanceof Deliver deliver) {
      return to.desk().deliver(deliver);
    }
    if (message instanceof Receive receive) {
      return provider.can(WebhookReceiver.class)
          ? provider.receive(receive.request()).map(Received::new).recover(this::notJudged)
          : Future.failedFuture(new GatewayException(404, "this provider has no webhooks"));
    }
    if (message instanceof LookUp lookUp) {
      LookupDesk lookups = to.lookups();
      return lookups == null
          ? Future.succeededFuture(LookedUp.without(LookUpAnswer.NOT_ASKED))
          : lookups.lookUp(lookUp.query());
    }
    if (message instanceof TakeOver) {
      return takeOver(to);
    }
    if (message instanceof Control control) {
      return stopping
          ? Future.failedFuture(stopped())
          : to.commands().obey(control).map(Controlled::new);
    }
    return Future.failedFuture(new GatewayException(400, "not a request to a provider"));
  }

  private Future<Received> notJudged(Throwable failure) {
    LOG.warn("provider {} could not judge a webhook: {}", setup.id(), failure.toString());
    return Future.failedFuture(new GatewayException(503, "the webhook cannot be judged now"));
  }

  private void moved(Transition transition, String evidence) {
    ProviderNews.log(LOG, trial == null ? setup.id() : setup.id() + " (on trial)", transition);
    ProviderParts made = parts;
    // What one on trial, or an outgoing one, learns is not held against the other.
    if (made == null || stopping) {
      return;
    }
    if (trial != null) {
      trial.moved(transition);
      return;
    }
    services
        .breakers()
        .recordTransition(
            ProviderNews.transition(
                setup.id(),
                transition,
                made.breaker().snapshot(),
                made.commands().actor(),
                evidence))
        .onFailure(
            failure -> LOG.warn("a breaker's transition was not stored: {}", failure.toString()));
    BreakerSharing.moved(bus, setup.id(), made.breaker(), transition);
    publish();
  }

  /** Tells how it stands, from when it takes work until it stops. */
  private void publish() {
    ProviderParts made = parts;
    if (made != null && !stopping && trial == null) {
      publish(made, wish.isDrained() ? Stage.DRAINING : Stage.ACTIVE);
    }
  }

  /** One that never took over must not look like the provider's end. */
  private void leave(ProviderParts made, Stage stage) {
    if (trial != null) {
      trial.end();
    } else {
      publish(made, stage);
    }
  }

  private void publish(ProviderParts made, Stage stage) {
    List<String> warnings = new ArrayList<>(provider.warnings());
    if (checkWarning != null) {
      warnings.add(checkWarning);
    }
    bus.publish(Addresses.PROVIDERS, made.news().state(stage, made.breaker().snapshot(), warnings));
  }

  /**
   * Takes no new work, lets what is under way end, up to the drain timeout, and closes the
   * provider. Requests that were on their way when the news went out still find it: it waits until
   * it has been quiet for a moment. What has not ended by then ends with the close, as far as it
   * got; what even that does not end is unknown.
   */
  @Override
  public Future<?> stop() {
    ProviderParts made = parts;
    if (made == null) {
      return Future.succeededFuture();
    }
    stopping = true;
    leave(made, Stage.DRAINING);
    return made.drained(drainTimeout)
        .compose(done -> provider.close())
        .compose(closed -> made.cut())
        .onComplete(
            done -> {
              made.close();
              leave(made, Stage.STOPPED);
            });
  }
}
