package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.intake.Priority;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What happens to notifications, counted. Labels are channels, priorities, states, outcomes and ids
 * of configured providers: all bounded. Thread-safe, and cheap enough for the hot path.
 */
public final class GatewayMeters {
  private static final Set<NotificationState> ENDS =
      EnumSet.complementOf(
          EnumSet.of(
              NotificationState.SCHEDULED, NotificationState.QUEUED, NotificationState.PROCESSING));

  private final MeterRegistry registry;
  private final Map<Channel, Map<Priority, Counter>> accepted = new EnumMap<>(Channel.class);
  private final Map<NotificationState, LongAdder> finished = new EnumMap<>(NotificationState.class);
  private final Map<NotificationState, LongAdder> standing = new EnumMap<>(NotificationState.class);
  private final Map<Channel, LongAdder> fallbacks = new EnumMap<>(Channel.class);
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Timer> attempts = new ConcurrentHashMap<>();
  private final AtomicLong workDone = new AtomicLong();
  private final LongAdder attemptMillis = new LongAdder();
  private final LongAdder attemptCount = new LongAdder();

  /** Registers the meters that are known beforehand. */
  public GatewayMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Channel channel : Channel.values()) {
      fallbacks.put(channel, new LongAdder());
      if (channel.carriesMessages()) {
        Map<Priority, Counter> byPriority = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
          byPriority.put(
              priority,
              registry.counter(
                  "signalbox.notifications.accepted",
                  "channel",
                  channel.wireName(),
                  "priority",
                  priority.wireName()));
        }
        accepted.put(channel, byPriority);
      }
    }
    for (NotificationState state : ENDS) {
      LongAdder count = new LongAdder();
      finished.put(state, count);
      standing.put(state, new LongAdder());
      registry.more().counter("signalbox.notifications.finished", tag("state", state), count);
    }
    registry.counter("signalbox.duplicates.possible");
  }

  /** A notification was stored. */
  public void acceptedNotification(Channel channel, Priority priority) {
    Map<Priority, Counter> byPriority = accepted.get(channel);
    Counter counter = byPriority == null ? null : byPriority.get(priority);
    if (counter != null) {
      counter.increment();
    }
  }

  /**
   * A notification was not stored.
   *
   * @param reason a short lower-case word: invalid, backlog, disk, ledger, key_reused, repeated
   */
  public void refusedNotification(String reason) {
    counter("signalbox.notifications.refused", "reason", reason).increment();
  }

  /** An attempt ended; also counts for the provider's breaker by its outcome. */
  public void attemptEnded(String provider, OutcomeKind outcome, long tookMillis) {
    workDone.incrementAndGet();
    attemptMillis.add(tookMillis);
    attemptCount.increment();
    counter("signalbox.attempts", "provider", provider, "outcome", outcome.wireName()).increment();
    attempts
        .computeIfAbsent(
            provider,
            id -> Timer.builder("signalbox.attempt").tag("provider", id).register(registry))
        .record(tookMillis, TimeUnit.MILLISECONDS);
    switch (outcome) {
      case SENT -> counter("circuit_breaker_success", "provider", provider).increment();
      case TRANSIENT, UNKNOWN, PROVIDER_FAULT ->
          counter("circuit_breaker_failure", "provider", provider).increment();
      case THROTTLED, REJECTED -> {
        // Neutral for the breaker.
      }
    }
  }

  /** Work on a notification went a step on without an attempt's end. */
  public void stepTaken() {
    workDone.incrementAndGet();
  }

  /** An attempt was begun although an earlier one may have reached the recipient. */
  public void possibleDuplicate() {
    registry.counter("signalbox.duplicates.possible").increment();
  }

  /** The next provider is tried after this one failed. */
  public void failover(String fromProvider, OutcomeKind outcome) {
    counter("signalbox.failovers", "provider", fromProvider, "outcome", outcome.wireName())
        .increment();
  }

  /** Nothing was sent to a recipient, because it is on the channel's suppression list. */
  public void suppressed(Channel channel, SuppressionReason reason) {
    counter("signalbox.suppressed", "channel", channel.wireName(), "reason", reason.wireName())
        .increment();
  }

  /**
   * A provider was to be asked what became of an attempt.
   *
   * @param answer found, not_found, failed, or not_asked
   */
  public void lookedUp(String provider, String answer) {
    counter("signalbox.lookups", "provider", provider, "answer", answer).increment();
  }

  /** Another provider is tried, because no receipt has confirmed what this one sent. */
  public void confirmationFailover(String provider) {
    counter("signalbox.confirmation.failovers", "provider", provider).increment();
  }

  /**
   * Work was found that nobody did.
   *
   * @param kind attempt, notification or kept_aside
   */
  public void stalled(String kind, int count) {
    counter("signalbox.stalled", "kind", kind).increment(count);
  }

  /**
   * A fallback channel is used.
   *
   * @param suppressed whether that is because the recipient is on the asked channel's suppression
   *     list, which says nothing of how well the channel works
   */
  public void fallbackChannelUsed(Channel from, Channel to, boolean suppressed) {
    LongAdder count = fallbacks.get(from);
    if (count != null && !suppressed) {
      count.increment();
    }
    counter("fallback_channel_used", "from", from.wireName(), "to", to.wireName()).increment();
  }

  /** The work on a notification ended in a state, at least until a receipt or a person. */
  public void finished(NotificationState state) {
    finished(state, 1);
  }

  /** The same for several notifications at once. */
  public void finished(NotificationState state, long count) {
    workDone.addAndGet(count);
    add(finished, state, count);
    add(standing, state, count);
  }

  /**
   * A notification moved by what is known of its attempts: to its end, or on from there. It counts
   * as finished in the new state too.
   */
  public void moved(NotificationState before, NotificationState after) {
    moved(before, after, 1);
  }

  /** Several notifications moved alike, perhaps by a person's decision back into the queue. */
  public void moved(NotificationState before, NotificationState after, long count) {
    add(standing, before, -count);
    add(finished, after, count);
    add(standing, after, count);
  }

  private static void add(
      Map<NotificationState, LongAdder> counts, NotificationState state, long more) {
    LongAdder count = counts.get(state);
    if (count != null) {
      count.add(more);
    }
  }

  /**
   * A webhook of a configured provider was answered.
   *
   * @param result a short lower-case word: verified, answered, unauthenticated, stale, malformed
   */
  public void webhook(String provider, String result) {
    counter("signalbox.webhooks", "provider", provider, "result", result).increment();
  }

  /** A webhook's body was stored. */
  public void webhookStored(String provider) {
    counter("signalbox.webhook.bodies.stored", "provider", provider).increment();
  }

  /** All receipts of a stored webhook took effect. */
  public void webhookProcessed(String provider) {
    counter("signalbox.webhook.bodies.processed", "provider", provider).increment();
  }

  /** A receipt was new. */
  public void receipt(String provider, String status) {
    counter("signalbox.receipts", "provider", provider, "status", status).increment();
  }

  /**
   * An attempt at a callback endpoint ended.
   *
   * @param result a short lower-case word: delivered, retry, failed
   */
  public void callback(String result) {
    counter("signalbox.callbacks", "result", result).increment();
  }

  /** A callback endpoint was disabled because it is gone or failed for too long. */
  public void callbackDisabled() {
    registry.counter("signalbox.callbacks.disabled").increment();
  }

  /**
   * A provider was to be replaced.
   *
   * @param outcome a short lower-case word: swapped, kept_back, failed, canary, rolled_back,
   *     abandoned
   */
  public void pluginSwap(String outcome) {
    counter("signalbox.plugin.swaps", "outcome", outcome).increment();
  }

  /** A breaker opened. */
  public void breakerOpened(String provider) {
    counter("circuit_breaker_open", "provider", provider).increment();
  }

  /** Grows with every step of work: whether it grows tells whether anything is being done. */
  public long workDone() {
    return workDone.get();
  }

  /**
   * How many attempts since the start went over a fallback channel because of how this channel
   * works.
   */
  public long fallbacksFrom(Channel channel) {
    LongAdder count = fallbacks.get(channel);
    return count == null ? 0 : count.sum();
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

  /** How often a notification came into a state since the start. */
  public long cameInto(NotificationState state) {
    LongAdder count = finished.get(state);
    return count == null ? 0 : count.sum();
  }

  /**
   * What a provider did since the start.
   *
   * @param attempts attempts that have ended
   * @param failures those of them that its breaker counts as failures
   * @param tookMillis how long all of them took together
   */
  public record AttemptTotals(long attempts, long failures, double tookMillis) {}

  /** What a provider did since the start; zeros if nothing. */
  public AttemptTotals attempts(String provider) {
    Timer timer = attempts.get(provider);
    return timer == null
        ? new AttemptTotals(0, 0, 0)
        : new AttemptTotals(
            timer.count(),
            known("circuit_breaker_failure|" + provider),
            timer.totalTime(TimeUnit.MILLISECONDS));
  }

  /** How many receipts of a status, by its wire name, came from a provider since the start. */
  public long receipts(String provider, String status) {
    return known("signalbox.receipts|" + provider + '|' + status);
  }

  private long known(String key) {
    Counter counter = counters.get(key);
    return counter == null ? 0 : Math.round(counter.count());
  }

  /**
   * How many of the notifications that ended since the start stand in a state now: one that was
   * sent and then delivered counts as delivered only. Less than 0 if more that had ended before the
   * start have left the state.
   */
  public long standingIn(NotificationState state) {
    LongAdder count = standing.get(state);
    return count == null ? 0 : count.sum();
  }

  /** Mean time of an attempt since the start, in milliseconds; 0 if there was none. */
  public double meanAttemptMillis() {
    long count = attemptCount.sum();
    return count == 0 ? 0 : (double) attemptMillis.sum() / count;
  }

  private Counter counter(String name, String... tags) {
    String key = tags.length == 2 ? name + '|' + tags[1] : name + '|' + tags[1] + '|' + tags[3];
    Counter known = counters.get(key);
    return known != null
        ? known
        : counters.computeIfAbsent(
            key, k -> registry.counter(name, Arrays.copyOf(tags, tags.length)));
  }

  private static Iterable<io.micrometer.core.instrument.Tag> tag(
      String name, NotificationState state) {
    return io.micrometer.core.instrument.Tags.of(name, state.wireName());
  }
}
