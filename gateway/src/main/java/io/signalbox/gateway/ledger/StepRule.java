package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import org.jspecify.annotations.Nullable;

/** Whether a step of our own work is still taken, and where it leads. One rule for all ledgers. */
public final class StepRule {
  /** The reason of a sent notification that nobody has confirmed in time. */
  public static final String UNCONFIRMED = "unconfirmed";

  /** The reason of a notification of which every sent attempt is known not to have arrived. */
  public static final String NOT_DELIVERED = "not_delivered";

  /** The reason of a cancelled notification that reached nobody. */
  public static final String CANCELLED = "cancelled";

  /** The reason of a cancelled notification that may have reached its recipient before. */
  public static final String CANCELLED_WITH_UNKNOWN_OUTCOME = "cancelled_with_unknown_outcome";

  private StepRule() {}

  /**
   * Where a step leads.
   *
   * @param dueAtMillis when something is to be done next; null if nothing is
   * @param round the round that is stored
   * @param reason why, for the timeline; null if the state says all
   */
  public record Position(
      NotificationState state, @Nullable Long dueAtMillis, int round, @Nullable String reason) {}

  /**
   * Where a notification stands before a step.
   *
   * @param round the round that is stored
   * @param mayHaveArrived whether any attempt may have reached the recipient
   */
  public record Standing(NotificationState state, int round, boolean mayHaveArrived) {}

  /**
   * Whether what follows an attempt's end is applied: while the notification is open and the
   * attempt is its latest. That an attempt was sent counts always, unless something better or final
   * is known: no other attempt may follow it. What follows a failover for want of a confirmation
   * counts while the notification is still sent.
   *
   * @param state where the notification stands
   * @param latest whether the attempt is the latest
   * @param confirmation whether it began because an earlier one was not confirmed
   */
  public static boolean appliesAfterAttempt(
      NotificationState state, boolean latest, boolean confirmation, NextStep next) {
    if (latest && (state.isOpen() || (confirmation && state == NotificationState.SENT))) {
      return true;
    }
    return wasSent(next) && NotificationState.SENT.rank() > state.rank();
  }

  /**
   * Whether a step without an attempt is applied: to what is open, or waits for a confirmation, if
   * it was decided for that.
   *
   * @param due whether something is to be done with the notification at some time
   * @param unconfirmed whether the step is for a notification that waits for a confirmation
   */
  public static boolean appliesWithoutAttempt(
      NotificationState state, boolean due, boolean unconfirmed) {
    return unconfirmed ? state == NotificationState.SENT && due : state.isOpen();
  }

  /**
   * What follows an attempt during which the application has called the notification back: nothing
   * more is sent. What was sent or refused for good stands.
   *
   * @param mayHaveArrived whether any attempt may have reached the recipient
   */
  public static NextStep afterCancelWish(NextStep next, boolean mayHaveArrived) {
    if (wasSent(next)) {
      return new NextStep.Finish(NotificationState.SENT, next.reason());
    }
    boolean ended =
        next instanceof NextStep.Finish finish
            && (finish.state() == NotificationState.FAILED
                || finish.state() == NotificationState.EXPIRED);
    return ended
        ? next
        : new NextStep.Finish(NotificationState.CANCELLED, reasonOfCancel(mayHaveArrived));
  }

  /** Why a cancelled notification is in its state. */
  public static String reasonOfCancel(boolean mayHaveArrived) {
    return mayHaveArrived ? CANCELLED_WITH_UNKNOWN_OUTCOME : CANCELLED;
  }

  /** Why a notification that nobody has confirmed in time is in its state. */
  public static String reasonOfUnconfirmed(NotificationState state) {
    return state == NotificationState.SENT ? UNCONFIRMED : NOT_DELIVERED;
  }

  private static boolean wasSent(NextStep next) {
    return next instanceof NextStep.Confirm
        || (next instanceof NextStep.Finish finish && finish.state() == NotificationState.SENT);
  }

  /**
   * Where a step leads that is not an attempt. A notification that is sent already stays sent while
   * a confirmation is sought.
   *
   * @throws IllegalArgumentException if the step ends in a state that is no end, or that a sent
   *     notification cannot end in
   */
  public static Position position(NextStep next, Standing from) {
    boolean sent = from.state() == NotificationState.SENT;
    int round = from.round();
    if (next instanceof NextStep.Finish finish) {
      if (finish.state().isOpen()
          || finish.state() == NotificationState.DELIVERED
          || (sent && finish.state() != NotificationState.SENT)) {
        throw new IllegalArgumentException(
            "work that is "
                + from.state().wireName()
                + " cannot end as "
                + finish.state().wireName());
      }
      return new Position(finish.state(), null, round, finish.reason());
    }
    if (next instanceof NextStep.Unconfirmed) {
      NotificationState state =
          from.mayHaveArrived() ? NotificationState.SENT : NotificationState.FAILED;
      return new Position(state, null, round, reasonOfUnconfirmed(state));
    }
    if (next instanceof NextStep.Confirm confirm) {
      return new Position(NotificationState.SENT, confirm.untilMillis(), round, confirm.reason());
    }
    if (next instanceof NextStep.Await await) {
      return new Position(
          sent ? NotificationState.SENT : NotificationState.PROCESSING,
          await.untilMillis(),
          round,
          await.reason());
    }
    if (next instanceof NextStep.Retry retry) {
      return new Position(
          sent ? NotificationState.SENT : NotificationState.QUEUED,
          retry.dueAtMillis(),
          retry.round(),
          retry.reason());
    }
    return new Position(
        sent ? NotificationState.SENT : NotificationState.PROCESSING, null, round, null);
  }

  /** The step's name in the timeline. */
  public static String word(NextStep next) {
    if (next instanceof NextStep.Finish finish) {
      return finish.state().wireName();
    }
    if (next instanceof NextStep.Await) {
      return "wait";
    }
    if (next instanceof NextStep.Confirm) {
      return NotificationState.SENT.wireName();
    }
    if (next instanceof NextStep.Unconfirmed) {
      return UNCONFIRMED;
    }
    return next instanceof NextStep.Retry ? "retry" : "failover";
  }
}
