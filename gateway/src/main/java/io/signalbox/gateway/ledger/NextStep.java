package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;

/** What follows an outcome or a decision. */
public sealed interface NextStep {

  /** Why, for the timeline: a short lower-case word such as {@code rounds_exhausted}. */
  String reason();

  /**
   * The work ends, at least until a receipt or a person says otherwise.
   *
   * @param state sent, failed, expired, cancelled, held or dead_letter
   */
  record Finish(NotificationState state, String reason) implements NextStep {}

  /**
   * A provider took it, and its {@code delivered} receipt is waited for: the notification is sent,
   * and comes back as due at that time unless a receipt settles it before.
   */
  record Confirm(long untilMillis, String reason) implements NextStep {}

  /**
   * Nobody is left who could confirm it. The notification stays sent, unless every attempt that was
   * sent is known not to have arrived: then it failed.
   *
   * @param reason why nobody is
   */
  record Unconfirmed(String reason) implements NextStep {}

  /** The next attempt begins at once. */
  record Attempt(AttemptStart start, String reason) implements NextStep {}

  /**
   * An unknown outcome is waited for; the notification stays in processing and comes back as due at
   * that time.
   */
  record Await(long untilMillis, String reason) implements NextStep {}

  /**
   * Another round later; the notification is queued until then.
   *
   * @param round the number of the coming round
   */
  record Retry(long dueAtMillis, int round, String reason) implements NextStep {}
}
