package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import java.util.List;
import java.util.function.Predicate;

/**
 * Work that nobody does, as a fault of ours or a hand in the tables may leave it behind.
 *
 * @param attempts those past their deadline that have no end
 * @param notifications open ones that are not due at any time and have no attempt under way
 * @param cancelled those that ended with one of the attempts, because the application had called
 *     them back; empty before the attempts are ended
 */
public record StalledWork(
    List<AttemptId> attempts, List<NotificationId> notifications, List<NotificationId> cancelled) {

  /** Copies the lists. */
  public StalledWork {
    attempts = List.copyOf(attempts);
    notifications = List.copyOf(notifications);
    cancelled = List.copyOf(cancelled);
  }

  /** Work that was found and not touched yet. */
  public StalledWork(List<AttemptId> attempts, List<NotificationId> notifications) {
    this(attempts, notifications, List.of());
  }

  /** The same without attempts that somebody still holds. */
  public StalledWork without(Predicate<AttemptId> held) {
    return new StalledWork(attempts.stream().filter(held.negate()).toList(), notifications);
  }

  /** Whether nothing stalls. */
  public boolean isEmpty() {
    return attempts.isEmpty() && notifications.isEmpty();
  }
}
