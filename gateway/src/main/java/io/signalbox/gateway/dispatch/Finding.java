package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Outcome;

/** What a question about the latest attempt of a notification has brought. */
sealed interface Finding {

  /** The provider has told where the notification stands: nothing more is to be done. */
  record Resolved() implements Finding {}

  /** The attempt, whose outcome was unknown, certainly did not send. */
  record NotSent(PastAttempt attempt, Outcome outcome) implements Finding {}

  /** The policy goes on, with what is known of the notification now. */
  record GoOn(WorkItem item) implements Finding {}
}
