package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is accepted and what is not. Thread-safe, and cheap enough for the hot path. */
public final class IntakeMeters {
  private static final List<String> REASONS =
      List.of("invalid", "backlog", "busy", "disk", "ledger", "quota", "key_reused", "repeated");

  private final Map<Channel, Map<Priority, Counter>> accepted = new EnumMap<>(Channel.class);
  private final CountersByTag refused;

  IntakeMeters(MeterRegistry registry) {
    for (Channel channel : Channel.values()) {
      if (channel.carriesMessages()) {
        Map<Priority, Counter> byPriority = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
          byPriority.put(
              priority,
              Counter.builder("signalbox.notifications.accepted")
                  .description("Notifications that were stored")
                  .tags("channel", channel.wireName(), "priority", priority.wireName())
                  .register(registry));
        }
        accepted.put(channel, byPriority);
      }
    }
    refused =
        new CountersByTag(
                registry,
                "signalbox.notifications.refused",
                "Notifications that were not stored, by reason",
                "reason")
            .with(REASONS);
  }

  /** A notification was stored. */
  public void accepted(Channel channel, Priority priority) {
    Map<Priority, Counter> byPriority = accepted.get(channel);
    Counter counter = byPriority == null ? null : byPriority.get(priority);
    if (counter != null) {
      counter.increment();
    }
  }

  /**
   * A notification was not stored.
   *
   * @param reason a short lower-case word: invalid, backlog, busy, disk, ledger, quota, key_reused,
   *     repeated
   */
  public void refused(String reason) {
    refused.of(reason).increment();
  }

  /** How many notifications were accepted since the start. */
  public long accepted() {
    double sum = 0;
    for (Map<Priority, Counter> byPriority : accepted.values()) {
      for (Counter counter : byPriority.values()) {
        sum += counter.count();
      }
    }
    return Math.round(sum);
  }
}
