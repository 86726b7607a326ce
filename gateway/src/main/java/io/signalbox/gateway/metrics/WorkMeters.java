package io.signalbox.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What becomes of notifications. Thread-safe, and cheap enough for the hot path. */
public final class WorkMeters {
  private static final Set<NotificationState> ENDS =
      EnumSet.complementOf(
          EnumSet.of(
              NotificationState.SCHEDULED, NotificationState.QUEUED, NotificationState.PROCESSING));
  private static final List<String> STALLED = List.of("attempt", "notification", "kept_aside");

  private final Map<NotificationState, LongAdder> finished = new EnumMap<>(NotificationState.class);
  private final Map<NotificationState, LongAdder> standing = new EnumMap<>(NotificationState.class);
  private final Map<Channel, LongAdder> fallbacks = new EnumMap<>(Channel.class);
  private final Map<Channel, CountersByTag> fallbacksTo = new EnumMap<>(Channel.class);
  private final Map<Channel, CountersByTag> suppressed = new EnumMap<>(Channel.class);
  private final Map<Channel, Counter> retries = new EnumMap<>(Channel.class);
  private final CountersByTag stalled;
  private final Counter duplicates;
  private final LongAdder found = new LongAdder();
  private final AtomicLong steps = new AtomicLong();

  WorkMeters(MeterRegistry registry) {
    List<Channel> messages =
        EnumSet.allOf(Channel.class).stream().filter(Channel::carriesMessages).toList();
    for (Channel channel : Channel.values()) {
      fallbacks.put(channel, new LongAdder());
    }
    for (Channel channel : messages) {
      ofChannel(registry, channel, messages);
    }
    for (NotificationState state : ENDS) {
      LongAdder count = new LongAdder();
      finished.put(state, count);
      standing.put(state, new LongAdder());
      FunctionCounter.builder("signalbox.notifications.finished", count, LongAdder::doubleValue)
          .description("Notifications that came into a state that is an end, at least for now")
          .tag("state", state.wireName())
          .register(registry);
    }
    stalled =
        new CountersByTag(
                registry,
                "signalbox.stalled",
                "Work that nobody did until the sweeper found it; none should be",
                "kind")
            .with(STALLED);
    duplicates =
        Counter.builder("signalbox.duplicates.possible")
            .description("Attempts that may have sent once more what had been sent before")
            .register(registry);
  }

  private void ofChannel(MeterRegistry registry, Channel channel, List<Channel> messages) {
    Tags tags = Tags.of("channel", channel.wireName());
    retries.put(
        channel,
        Counter.builder("signalbox.retries")
            .description("Notifications that were put off to another round")
            .tags(tags)
            .register(registry));
    suppressed.put(
        channel,
        new CountersByTag(
                registry,
                "signalbox.suppressed",
                "Attempts that did not begin, because the recipient is on the suppression list",
                tags,
                "reason")
            .with(
                Arrays.stream(SuppressionReason.values())
                    .map(SuppressionReason::wireName)
                    .toList()));
    fallbacksTo.put(
        channel,
        new CountersByTag(
                registry,
                "fallback_channel_used",
                "Attempts that went over another channel than the one asked for",
                Tags.of("from", channel.wireName()),
                "to")
            .with(messages.stream().filter(to -> to != channel).map(Channel::wireName).toList()));
  }

  /** Work on a notification went a step on without an attempt's end. */
  public void stepTaken() {
    steps.incrementAndGet();
  }

  /** A notification was put off to another round. */
  public void retry(Channel channel) {
    stepTaken();
    Counter counter = retries.get(channel);
    if (counter != null) {
      counter.increment();
    }
  }

  /** An attempt was begun although an earlier one may have reached the recipient. */
  public void possibleDuplicate() {
    duplicates.increment();
  }

  /** Nothing was sent to a recipient, because it is on the channel's suppression list. */
  public void suppressed(Channel channel, SuppressionReason reason) {
    CountersByTag counters = suppressed.get(channel);
    if (counters != null) {
      counters.of(reason.wireName()).increment();
    }
  }

  /**
   * Work was found that nobody did.
   *
   * @param kind attempt, notification or kept_aside
   */
  public void stalled(String kind, int count) {
    found.add(count);
    stalled.of(kind).increment(count);
  }

  /**
   * A fallback channel is used.
   *
   * @param becauseSuppressed whether that is because the recipient is on the asked channel's
   *     suppression list, which says nothing of how well the channel works
   */
  public void fallbackChannelUsed(Channel from, Channel to, boolean becauseSuppressed) {
    LongAdder count = fallbacks.get(from);
    if (count != null && !becauseSuppressed) {
      count.increment();
    }
    CountersByTag counters = fallbacksTo.get(from);
    if (counters != null) {
      counters.of(to.wireName()).increment();
    }
  }

  /** The work on a notification ended in a state, at least until a receipt or a person. */
  public void finished(NotificationState state) {
    finished(state, 1);
  }

  /** The same for several notifications at once. */
  public void finished(NotificationState state, long count) {
    steps.addAndGet(count);
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

  /** How many steps were taken since the start, without ends of attempts. */
  long steps() {
    return steps.get();
  }

  /** How many pieces of work since the start nobody did until the sweeper found them. */
  public long found() {
    return found.sum();
  }

  /**
   * How many attempts since the start went over a fallback channel because of how this channel
   * works.
   */
  public long fallbacksFrom(Channel channel) {
    LongAdder count = fallbacks.get(channel);
    return count == null ? 0 : count.sum();
  }

  /** How often a notification came into a state since the start. */
  public long cameInto(NotificationState state) {
    LongAdder count = finished.get(state);
    return count == null ? 0 : count.sum();
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
}
