package io.signalbox.gateway.trail;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hands lines to another appender on a thread of its own, through a queue that drops what does not
 * fit, and counts that: who logs never waits. Named in {@code logback.xml}. Thread-safe.
 */
public final class DroppingAppender extends AsyncAppender {
  private static final LongAdder DROPPED = new LongAdder();

  /** Made by logback. */
  public DroppingAppender() {
    setNeverBlock(true);
    setDiscardingThreshold(0);
  }

  /** How many lines of this process were dropped. */
  public static double dropped() {
    return DROPPED.doubleValue();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (getRemainingCapacity() == 0) {
      DROPPED.increment();
    } else {
      super.append(event);
    }
  }
}
