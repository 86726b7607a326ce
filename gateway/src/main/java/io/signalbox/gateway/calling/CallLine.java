package io.signalbox.gateway.calling;

import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.call.NotAsked;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.call.RequestType;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.gateway.rate.RateGate;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One provider as operations see it: whether it may be asked now, and by whom. Thread-confined. */
final class CallLine {
  /** Behind the provider's name, for what is shared: calls have a rate apart from messages. */
  private static final String CALLS = ":calls";

  private final CallLimits limits;
  private final RateGate rate;
  private final CallQueue queue;
  private ProviderState state;
  private @Nullable Canary canary;
  private long coolUntilMillis;

  CallLine(ProviderState state, CallLimits limits, RateDesk desk) {
    this.state = state;
    this.limits = limits;
    this.rate = new RateGate(state.provider() + CALLS, state.limits(), desk);
    this.queue = new CallQueue(1);
    update(state);
  }

  /** Takes in a newer state. */
  void update(ProviderState newer) {
    if (canary != null && canary.generation() <= newer.generation()) {
      canary = null;
    }
    state = newer;
    ProviderLimits asked = newer.limits();
    queue.setPermits(Math.max(1, Math.min(limits.maxPerProvider(), asked.maxConcurrent())));
    rate.configure(asked);
  }

  /** Takes in that there are others to share the rate with, or more of them, or none. */
  void ratesChanged(long nowMillis) {
    rate.deskChanged(nowMillis);
    serve(nowMillis);
  }

  /** Takes in that a generation goes on trial, or that its trial ends. */
  void canary(Canary news) {
    if (news.share() > 0 && news.generation() > state.generation()) {
      canary = news;
    } else if (canary != null && canary.generation() == news.generation()) {
      canary = null;
    }
  }

  ProviderState state() {
    return state;
  }

  /** Which generation is asked: the current one, or one on trial where all is well. */
  long generationFor(AttemptId attempt) {
    Canary trial = canary;
    return trial != null && state.breaker().isClosed() && trial.takes(attempt)
        ? trial.generation()
        : state.generation();
  }

  int underWay() {
    return queue.underWay();
  }

  boolean hasWaiting() {
    return queue.hasWaiting();
  }

  /** Why a call is not made now, and need not wait either; null if nothing stands against it. */
  @Nullable Outcome against(ProviderCall<?> call, long nowMillis) {
    boolean settles = call.type().settles();
    if (!state.channels().contains(call.channel())) {
      return Unanswered.because(NotAsked.NO_OPERATIONS, "the provider has no such channel");
    }
    if (state.stage() != Stage.ACTIVE && !settles) {
      return Unanswered.because(NotAsked.DRAINING, "the provider takes no new work");
    }
    if (nowMillis < coolUntilMillis) {
      return Unanswered.coolingDown(coolUntilMillis - nowMillis);
    }
    return "open".equals(state.breaker().state()) && !settles ? Unanswered.breakerOpen() : null;
  }

  /**
   * Waits for a permit and the provider's rate.
   *
   * @param untilMillis how long at most
   * @return true if it may be made: {@link #ended} or {@link #giveBack} must follow; false if it
   *     waited too long, or too many wait
   */
  Future<Boolean> turn(RequestType type, long untilMillis, long nowMillis) {
    if (queue.isFree(type) && rate.hasToken(nowMillis)) {
      queue.take(type);
      rate.take(nowMillis);
      return Future.succeededFuture(true);
    }
    Promise<Boolean> turn = queue.await(type, untilMillis);
    return turn == null ? Future.succeededFuture(false) : turn.future();
  }

  /** Lets those begin that may by now. */
  void serve(long nowMillis) {
    queue.expire(nowMillis);
    while (queue.hasWaiting() && rate.hasToken(nowMillis)) {
      Promise<Boolean> next = queue.next();
      if (next == null) {
        return;
      }
      rate.take(nowMillis);
      next.complete(true);
    }
  }

  /** A call ended, for which a turn was given. */
  void ended(RequestType type, Answer<?> answer, long tookMillis, long nowMillis) {
    if (answer instanceof Answer.Failed<?> failed
        && failed.outcome() instanceof Outcome.Throttled throttled) {
      Duration asked = throttled.retryAfter();
      rate.throttled(nowMillis - tookMillis, asked == null ? 0 : asked.toMillis(), nowMillis);
      coolDown(nowMillis + limits.coolDownMillis(asked), nowMillis);
    } else if (!(answer instanceof Answer.Failed)) {
      rate.accepted(nowMillis);
    }
    queue.free(type);
    serve(nowMillis);
  }

  /** A call was not made, for which a turn was given. */
  void giveBack(RequestType type, long nowMillis) {
    rate.giveBack(nowMillis);
    queue.free(type);
    serve(nowMillis);
  }

  /** Gives it nothing for a while, no longer than the longest pause. */
  void coolDown(long untilMillis, long nowMillis) {
    long longest = nowMillis + limits.coolDownMax().toMillis();
    coolUntilMillis = Math.max(coolUntilMillis, Math.min(untilMillis, longest));
  }

  long coolUntilMillis() {
    return coolUntilMillis;
  }

  /** Its provider is gone: nobody waits for it any more. */
  void close() {
    rate.close();
    queue.dismiss();
  }
}
