package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.RateMessages.CoolDownsAsked;
import io.signalbox.gateway.bus.RateMessages.CoolsDown;
import io.signalbox.gateway.bus.RateMessages.CoolsDownElsewhere;
import io.signalbox.gateway.bus.RateMessages.PermitsTaken;
import io.signalbox.gateway.bus.RateMessages.RatesShared;
import io.signalbox.gateway.bus.RateMessages.TakePermits;
import io.signalbox.gateway.ledger.Nodes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/**
 * The rates of this node's providers among those of other nodes. Its consumers and timers end with
 * the dispatch verticle's context, to which it is confined.
 */
final class RateSharing implements RateDesk {
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
  RateSharing(Vertx vertx, Bus bus, Nodes ledger, Runnable given) {
    this.vertx = vertx;
    this.bus = bus;
    this.ledger = ledger;
    this.given = given;
  }

  /** Begins to listen for a board's sake. */
  void begin(ProviderBoard board, Clock clock) {
    bus.listen(
        Addresses.RATES_SHARED,
        RatesShared.class,
        newest -> {
          news = newest;
          board.ratesChanged(clock.millis());
        });
    bus.listen(
        Addresses.COOL_DOWNS_ELSEWHERE,
        CoolsDownElsewhere.class,
        told -> board.coolsDown(told.provider(), told.untilMillis(), clock.millis()));
    bus.listen(
        Addresses.COOL_DOWNS_ASKED,
        CoolDownsAsked.class,
        asked -> board.coolDowns(clock.millis()).forEach(this::coolsDown));
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
