package io.signalbox.gateway.calling;

import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.spi.Channel;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What operations know of the providers: their newest generations, and who waits for them. While
 * anybody waits it looks again and again whether somebody may begin. Thread-confined.
 */
final class CallBoard {
  private static final long TICK_MILLIS = 20;

  private final Vertx vertx;
  private final CallLimits limits;
  private final RateDesk desk;
  private final Clock clock;
  private final Map<String, CallLine> lines = new HashMap<>();
  private long timer = -1;
  private boolean closed;

  /**
   * Makes an empty board.
   *
   * @param desk what keeps to the providers' rates
   */
  CallBoard(Vertx vertx, CallLimits limits, RateDesk desk, Clock clock) {
    this.vertx = vertx;
    this.limits = limits;
    this.desk = desk;
    this.clock = clock;
  }

  /** Takes in what a provider verticle published; news of older generations change nothing. */
  void update(ProviderState state) {
    CallLine known = lines.get(state.provider());
    if (known != null && known.state().generation() > state.generation()) {
      return;
    }
    if (state.stage() == Stage.STOPPED) {
      lines.remove(state.provider());
      if (known != null) {
        known.close();
      }
    } else if (known != null) {
      known.update(state);
      known.serve(clock.millis());
    } else if (hasOperations(state)) {
      lines.put(state.provider(), new CallLine(state, limits, desk));
    }
  }

  /** Others are never asked here, and need no permits held for them. */
  private static boolean hasOperations(ProviderState state) {
    return !state.channels().stream().allMatch(Channel::carriesMessages);
  }

  /** Takes in that there are others to share rates with, or more of them, or none. */
  void ratesChanged() {
    long now = clock.millis();
    lines.values().forEach(line -> line.ratesChanged(now));
  }

  /** There are permits where there were none, perhaps. */
  void permitsGiven() {
    long now = clock.millis();
    lines.values().forEach(line -> line.serve(now));
  }

  /** Takes in that a share of the calls goes to a generation on trial, or no more. */
  void canary(Canary news) {
    CallLine line = lines.get(news.provider());
    if (line != null) {
      line.canary(news);
    }
  }

  /** A provider has told another node that it wants no work until then. */
  void coolsDown(String provider, long untilMillis) {
    CallLine line = lines.get(provider);
    if (line != null) {
      line.coolDown(untilMillis, clock.millis());
    }
  }

  /** What tells a provider's account from others; empty if no such provider has operations. */
  String account(String provider) {
    CallLine line = lines.get(provider);
    return line == null ? "" : line.state().account();
  }

  /** Null if there is no such provider, or nobody is asked any more. */
  @Nullable CallLine find(String provider) {
    return closed ? null : lines.get(provider);
  }

  /** Looks from now on whether somebody may begin, if anybody waits. */
  void look() {
    if (timer < 0 && hasWaiting()) {
      timer = vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    }
  }

  private void tick() {
    long now = clock.millis();
    lines.values().forEach(line -> line.serve(now));
    if (!hasWaiting()) {
      stopTimer();
    }
  }

  private boolean hasWaiting() {
    return lines.values().stream().anyMatch(CallLine::hasWaiting);
  }

  private void stopTimer() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }

  /** Nobody is asked any more, and nobody waits. */
  void close() {
    closed = true;
    stopTimer();
    lines.values().forEach(CallLine::close);
  }
}
