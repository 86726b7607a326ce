package io.signalbox.scoring.breaker;

import io.signalbox.scoring.AttemptResult;
import java.util.ArrayList;
import java.util.List;

/** A breaker with a clock moved by hand and a list of what its listener heard. */
final class BreakerDriver {
  static final long START = 1_800_000_000_000L;

  final List<Transition> heard = new ArrayList<>();
  final Breaker breaker;
  long now = START;

  BreakerDriver() {
    this(BreakerSettings.DEFAULT);
  }

  BreakerDriver(BreakerSettings settings) {
    breaker = new Breaker(settings, heard::add);
  }

  Permit.Granted acquire() {
    if (breaker.tryAcquire(now) instanceof Permit.Granted granted) {
      return granted;
    }
    throw new AssertionError("denied in " + breaker.snapshot());
  }

  boolean denied() {
    return breaker.tryAcquire(now) instanceof Permit.Denied;
  }

  void report(Permit.Granted permit, AttemptResult result) {
    breaker.onResult(permit, result, now);
  }

  void call(AttemptResult result) {
    report(acquire(), result);
  }

  void calls(int times, AttemptResult result) {
    for (int i = 0; i < times; i++) {
      call(result);
    }
  }

  BreakerDriver opened() {
    calls(5, AttemptResult.FAILURE);
    return this;
  }

  BreakerDriver halfOpened() {
    opened();
    now += 60_000;
    breaker.tick(now);
    return this;
  }

  BreakerState state() {
    return breaker.state();
  }

  Transition last() {
    return heard.get(heard.size() - 1);
  }
}
