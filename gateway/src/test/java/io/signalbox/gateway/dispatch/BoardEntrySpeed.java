package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what permits and limits cost an attempt, in processor time: asking, reserving, and what
 * is learned at its end. Run by hand. Argument: how many attempts in each round.
 */
final class BoardEntrySpeed {
  private static final Logger LOG = LoggerFactory.getLogger(BoardEntrySpeed.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 7;
  private static final long NOW = 1_767_225_600_000L;
  private static final Outcome SENT = new Outcome.Sent("id", Evidence.answered(202, null, null));

  private BoardEntrySpeed() {}

  public static void main(String[] args) {
    int attempts = Integer.parseInt(args[0]);
    for (int round = 0; round < ROUNDS; round++) {
      long free = nanos(attempts, ProviderLimits.of(64, 0));
      long rated = nanos(attempts, ProviderLimits.of(64, 100_000));
      LOG.info(
          "{} attempts: {} ns each without a rate, {} ns with one",
          attempts,
          free / attempts,
          rated / attempts);
    }
  }

  private static long nanos(int attempts, ProviderLimits limits) {
    BoardEntry entry =
        new BoardEntry(
            state(limits),
            512,
            new CoolDownRange(Duration.ofSeconds(1), Duration.ofMinutes(5)),
            RateDesk.ALONE);
    long begin = THREADS.getCurrentThreadCpuTime();
    int begun = 0;
    for (int i = 0; i < attempts; i++) {
      long now = NOW + i;
      if (entry.reasonAgainst(now) == null) {
        BoardEntry.Reservation reservation = entry.reserve(now);
        entry.ended(reservation, SENT, 40 + i % 20, 10_000, now);
        begun++;
      }
    }
    long took = THREADS.getCurrentThreadCpuTime() - begin;
    if (begun != attempts) {
      throw new AssertionError(begun + " of " + attempts);
    }
    return took;
  }

  private static ProviderState state(ProviderLimits limits) {
    return new ProviderState(
        "a",
        "plugin",
        "1",
        1,
        Set.of(Channel.EMAIL),
        1,
        100,
        limits,
        Duration.ofSeconds(10),
        false,
        Stage.ACTIVE,
        new BreakerView("closed", 1, 0, 1, false, "", 0),
        List.of());
  }
}
