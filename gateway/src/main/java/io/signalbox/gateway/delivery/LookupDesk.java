package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.scoring.rate.TokenBucket;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusLookup;
import io.signalbox.spi.StatusQuery;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts questions about statuses to one provider: at its rate, with a bound on how many wait and on
 * how long one takes. Nothing here counts for or against the provider. Used on one context.
 */
final class LookupDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LookupDesk.class);
  private static final long TICK_MILLIS = 20;

  private final Vertx vertx;
  private final String provider;
  private final StatusLookup target;
  private final Clock clock;
  private final long timeoutMillis;
  private final int mostWaiting;
  private final TokenBucket bucket;
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private long timer = -1;
  private boolean closed;

  LookupDesk(
      Vertx vertx,
      String provider,
      StatusLookup target,
      GatewayConfig.Lookup settings,
      Clock clock) {
    this.vertx = vertx;
    this.provider = provider;
    this.target = target;
    this.clock = clock;
    this.timeoutMillis = settings.timeout().toMillis();
    this.mostWaiting =
        (int) Math.max(1, settings.ratePerSecond() * settings.timeout().toMillis() / 1_000);
    this.bucket = TokenBucket.ofSecond(settings.ratePerSecond(), clock.millis());
  }

  /** Asks, or says that it was not asked. The Future never fails. */
  Future<LookedUp> lookUp(StatusQuery query) {
    if (!closed && waiting.isEmpty() && bucket.take(clock.millis())) {
      return ask(query);
    }
    if (closed || waiting.size() >= mostWaiting) {
      return Future.succeededFuture(LookedUp.without(LookUpAnswer.NOT_ASKED));
    }
    Promise<LookedUp> turn = Promise.promise();
    waiting.add(new Waiting(query, turn));
    if (timer < 0) {
      timer = vertx.setPeriodic(TICK_MILLIS, tick -> serve());
    }
    return turn.future();
  }

  /** Nobody waits in vain: whoever waits is told that the provider was not asked. */
  void close() {
    closed = true;
    stopTimer();
    Waiting next = waiting.poll();
    while (next != null) {
      next.turn().complete(LookedUp.without(LookUpAnswer.NOT_ASKED));
      next = waiting.poll();
    }
  }

  private void serve() {
    while (!waiting.isEmpty() && bucket.take(clock.millis())) {
      Waiting next = waiting.remove();
      ask(next.query()).onComplete(next.turn());
    }
    if (waiting.isEmpty()) {
      stopTimer();
    }
  }

  private void stopTimer() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }

  private Future<LookedUp> ask(StatusQuery query) {
    // A plugin may throw instead of failing, and may never answer.
    return Future.succeededFuture()
        .compose(now -> target.lookUp(query))
        .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
        .map(LookupDesk::lookedUp)
        .otherwise(
            failure -> {
              LOG.debug("a look-up at {} failed: {}", provider, failure.toString());
              return LookedUp.without(LookUpAnswer.FAILED);
            });
  }

  private static LookedUp lookedUp(Optional<Receipt> said) {
    return said.map(receipt -> new LookedUp(LookUpAnswer.FOUND, receipt))
        .orElseGet(() -> LookedUp.without(LookUpAnswer.NOT_FOUND));
  }

  /** A question that waits for its turn. */
  private record Waiting(StatusQuery query, Promise<LookedUp> turn) {}
}
