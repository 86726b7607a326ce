package io.signalbox.gateway.rate;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.RateMessages.CoolsDown;
import io.signalbox.gateway.bus.RateMessages.PermitsTaken;
import io.signalbox.gateway.bus.RateMessages.RatesShared;
import io.signalbox.gateway.bus.RateMessages.TakePermits;
import io.signalbox.gateway.ledger.Nodes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * The rates of this node's providers among those of other nodes. Its consumers and timers end with
 * its verticle's context, to which it is confined.
 */
public final class RateSharing implements RateDesk {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Bus bus;
  private final Nodes ledger;
  private final Runnable given;
  private RatesShared news = new RatesShared(false, 1);

  /**
   * Makes one that shares nothing yet.
   *
   * @param ledger the nodes that share the ledger
   * @param given called when there are permits where there were none, perhaps
   */
  public RateSharing(Vertx vertx, Bus bus, Nodes ledger, Runnable given) {
    this.vertx = vertx;
    this.bus = bus;
    this.ledger = ledger;
    this.given = given;
  }

  /**
   * Begins to listen.
   *
   * @param changed called when there are others to share with, or more of them, or none
   */
  public void begin(Runnable changed) {
    bus.listen(
        Addresses.RATES_SHARED,
        RatesShared.class,
        newest -> {
          news = newest;
          changed.run();
        });
  }

  @Override
  public boolean isShared() {
    return news.shared();
  }

  @Override
  public int nodes() {
    return Math.max(1, Math.max(news.nodes(), ledger.living().size()));
  }

  @Override
  public Future<PermitsTaken> take(TakePermits wish) {
    return bus.request(Addresses.PERMITS, wish, PermitsTaken.class, ANSWER_TIMEOUT);
  }

  @Override
  public void later(long millis, Runnable todo) {
    vertx.setTimer(millis, due -> todo.run());
  }

  @Override
  public void given() {
    given.run();
  }

  @Override
  public void coolsDown(String provider, long untilMillis) {
    bus.publish(Addresses.COOL_DOWNS, new CoolsDown(provider, untilMillis));
  }
}
