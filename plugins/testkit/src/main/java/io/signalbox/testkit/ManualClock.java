package io.signalbox.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved by hand. */
public final class ManualClock extends Clock {
  private volatile Instant now;

  /** Stands at the given time. */
  public ManualClock(Instant now) {
    this.now = now;
  }

  /** Moves to a time, also backwards. */
  public void set(Instant time) {
    now = time;
  }

  /** Moves ahead. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(now, zone);
  }
}
