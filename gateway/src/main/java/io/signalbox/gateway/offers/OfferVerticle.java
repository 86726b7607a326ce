package io.signalbox.gateway.offers;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.call.NumberCall.AskOffers;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.Leases;
import io.signalbox.gateway.ledger.NotOurJobException;
import io.signalbox.gateway.ledger.OfferLedger;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.OfferWish;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each number provider for all its offers at an interval, one provider after the other, and
 * stores them. Of nodes that share a ledger one does. Nobody waits for it.
 */
public final class OfferVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OfferVerticle.class);
  private static final long TICK_MILLIS = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Bus bus;
  private final ProviderCalls calls;
  private final OfferLedger ledger;
  private final Leases leases;
  private final Duration interval;
  private final Clock clock;
  private final RandomGenerator random;
  private final Map<String, ProviderState> providers = new HashMap<>();
  private @Nullable SyncPlan plan;
  private boolean busy;

  /**
   * Makes the verticle; nothing is asked before it is deployed.
   *
   * @param interval how often each provider is asked
   * @param random spreads the questions
   */
  public OfferVerticle(
      Bus bus,
      ProviderCalls calls,
      OfferLedger ledger,
      Leases leases,
      Duration interval,
      Clock clock,
      RandomGenerator random) {
    this.bus = bus;
    this.calls = calls;
    this.ledger = ledger;
    this.leases = leases;
    this.interval = interval;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Future<?> start() {
    bus.listen(Addresses.PROVIDERS, ProviderState.class, this::announced);
    // Ends with the verticle's context.
    vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    return Future.succeededFuture();
  }

  private void announced(ProviderState state) {
    ProviderState known = providers.get(state.provider());
    if (!state.channels().contains(Channel.NUMBER)
        || (known != null && known.generation() > state.generation())) {
      return;
    }
    if (state.stage() == Stage.STOPPED) {
      providers.remove(state.provider());
    } else {
      providers.put(state.provider(), state);
    }
  }

  private void tick() {
    if (!leases.holds(Job.OFFERS)) {
      // Another node goes on, and what it has done is read when this one is to do it again.
      plan = null;
      return;
    }
    if (!busy) {
      busy = true;
      work()
          .onComplete(
              done -> busy = false,
              failure -> {
                busy = false;
                plan = null;
                if (!(failure instanceof NotOurJobException)) {
                  LOG.warn("offers of numbers were not stored: {}", failure.toString());
                }
              });
    }
  }

  private Future<Void> work() {
    SyncPlan known = plan;
    if (known == null) {
      return ledger
          .syncs()
          .onSuccess(past -> plan = new SyncPlan(past, interval, random))
          .mapEmpty();
    }
    long now = clock.millis();
    Set<String> usable = new HashSet<>();
    providers.values().stream()
        .filter(ProviderState::isUsable)
        .forEach(state -> usable.add(state.provider()));
    Optional<String> due = known.due(usable, now);
    if (due.isPresent()) {
      return ask(known, due.get(), now);
    }
    Optional<String> gone = known.gone(providers.keySet(), now);
    return gone.isPresent() ? forget(known, gone.get()) : Future.succeededFuture();
  }

  private Future<Void> ask(SyncPlan known, String provider, long nowMillis) {
    return calls
        .call(provider, new AskOffers(new OfferWish(null, null, TIMEOUT)))
        .compose(
            answer -> {
              if (answer instanceof Answer.Done<List<NumberOffer>> done) {
                return OfferRound.store(ledger, provider, done.value(), nowMillis)
                    .onSuccess(
                        sync -> {
                          known.done(provider, nowMillis);
                          LOG.debug("provider {} has {} offers", provider, sync.offers());
                        })
                    .<Void>mapEmpty()
                    .recover(failure -> notStored(known, provider, nowMillis, failure));
              }
              known.failed(provider, nowMillis);
              LOG.info("provider {} told no offers: {}", provider, answer.evidence());
              return Future.succeededFuture();
            });
  }

  /** The provider is not asked at once again: what it tells could not be stored either. */
  private static Future<Void> notStored(
      SyncPlan known, String provider, long nowMillis, Throwable failure) {
    if (failure instanceof NotOurJobException) {
      return Future.failedFuture(failure);
    }
    known.failed(provider, nowMillis);
    LOG.warn("offers of provider {} were not stored: {}", provider, failure.toString());
    return Future.succeededFuture();
  }

  private Future<Void> forget(SyncPlan known, String provider) {
    return ledger
        .forgetProvider(provider)
        .onSuccess(
            done -> {
              if (done) {
                known.forget(provider);
              }
            })
        .mapEmpty();
  }
}
