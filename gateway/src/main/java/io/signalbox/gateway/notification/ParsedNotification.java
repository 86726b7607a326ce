package io.signalbox.gateway.notification;

import io.signalbox.spi.intake.SendNotification;
import java.util.List;

/** What became of the bytes of a notification. */
public sealed interface ParsedNotification {

  /** A notification that can be accepted. */
  record Valid(SendNotification notification) implements ParsedNotification {}

  /**
   * All mistakes.
   *
   * @param malformed whether the bytes are not even JSON
   * @param problems at least one, at most {@link NotificationParser#MAX_PROBLEMS}
   */
  record Invalid(boolean malformed, List<FieldProblem> problems) implements ParsedNotification {
    /** Copies the list. */
    public Invalid {
      problems = List.copyOf(problems);
    }

    /** The HTTP status that says the same: 400 for malformed JSON, else 422. */
    public int status() {
      return malformed ? 400 : 422;
    }
  }
}
