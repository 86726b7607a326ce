package io.signalbox.gateway.model;

import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.intake.SendNotification;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification that wants something done: a first attempt, a retry, or a decision about an
 * unknown outcome whose waiting time is over.
 *
 * @param id its id
 * @param notification what was asked for
 * @param acceptedAtMillis when it was accepted, or last replayed: its window counts from then
 * @param batch whether it came as an item of a batch
 * @param state where it stands: scheduled, queued or processing; or sent, and not confirmed
 * @param round how many rounds are over; 0 at first
 * @param attempts all attempts so far, in order
 * @param suppressed channels on which its recipient was found on the suppression list, and why
 * @param contentBytes size of its stored form, for bounds on memory
 * @param trace where it stands in the trace of the request that brought it
 */
public record WorkItem(
    NotificationId id,
    SendNotification notification,
    long acceptedAtMillis,
    boolean batch,
    NotificationState state,
    int round,
    List<PastAttempt> attempts,
    Map<Channel, SuppressionReason> suppressed,
    int contentBytes,
    TraceContext trace) {

  /** Copies the collections. */
  public WorkItem {
    attempts = List.copyOf(attempts);
    suppressed = Map.copyOf(suppressed);
  }

  /** One that came alone, of which no channel was found closed, in a trace of its own. */
  public WorkItem(
      NotificationId id,
      SendNotification notification,
      long acceptedAtMillis,
      NotificationState state,
      int round,
      List<PastAttempt> attempts,
      int contentBytes) {
    this(
        id,
        notification,
        acceptedAtMillis,
        false,
        state,
        round,
        attempts,
        Map.of(),
        contentBytes,
        TraceContext.of(id));
  }

  /** The same with these attempts. */
  public WorkItem withAttempts(List<PastAttempt> newest) {
    return new WorkItem(
        id,
        notification,
        acceptedAtMillis,
        batch,
        state,
        round,
        newest,
        suppressed,
        contentBytes,
        trace);
  }

  /** The latest attempt; null if there was none. */
  public @Nullable PastAttempt last() {
    return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
  }

  /** The same, where the latest attempt is known to have ended otherwise. */
  public WorkItem withLastOutcome(OutcomeKind outcome) {
    return withLast(attempts.get(attempts.size() - 1).withOutcome(outcome));
  }

  /** The same, where more is known of the latest attempt. */
  public WorkItem withLast(PastAttempt told) {
    List<PastAttempt> known = new ArrayList<>(attempts);
    known.set(known.size() - 1, told);
    return withAttempts(known);
  }

  /** Whether it was sent, and is here because no receipt has confirmed that it arrived. */
  public boolean isUnconfirmed() {
    return state == NotificationState.SENT;
  }

  /** The same without a channel. */
  public WorkItem without(Channel channel, SuppressionReason reason) {
    Map<Channel, SuppressionReason> closed = new EnumMap<>(Channel.class);
    closed.putAll(suppressed);
    closed.put(channel, reason);
    return new WorkItem(
        id,
        notification,
        acceptedAtMillis,
        batch,
        state,
        round,
        attempts,
        closed,
        contentBytes,
        trace);
  }

  /**
   * Why it can go nowhere: the reason against its own channel if none is open; else null.
   *
   * @param fallbackChannels the channels that it may take after its own
   */
  public @Nullable SuppressionReason suppressedEverywhere(List<Channel> fallbackChannels) {
    if (suppressed.isEmpty() || !suppressed.keySet().containsAll(fallbackChannels)) {
      return null;
    }
    return suppressed.get(notification.channel());
  }

  /** The lane in which it waits. */
  public Lane lane() {
    return new Lane(notification.channel(), notification.priority(), LaneKind.of(batch, round));
  }
}
