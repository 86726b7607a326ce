package io.signalbox.gateway.model;

import io.signalbox.spi.intake.SendNotification;
import java.util.List;

/**
 * A notification that wants something done: a first attempt, a retry, or a decision about an
 * unknown outcome whose waiting time is over.
 *
 * @param id its id
 * @param notification what was asked for
 * @param acceptedAtMillis when it was accepted, or last replayed: its window counts from then
 * @param state where it stands: scheduled, queued or processing
 * @param round how many rounds are over; 0 at first
 * @param attempts all attempts so far, in order
 * @param contentBytes size of its stored form, for bounds on memory
 */
public record WorkItem(
    NotificationId id,
    SendNotification notification,
    long acceptedAtMillis,
    NotificationState state,
    int round,
    List<PastAttempt> attempts,
    int contentBytes) {

  /** Copies the attempts. */
  public WorkItem {
    attempts = List.copyOf(attempts);
  }

  /** The lane in which it waits. */
  public Lane lane() {
    return new Lane(notification.channel(), notification.priority(), round > 0);
  }
}
