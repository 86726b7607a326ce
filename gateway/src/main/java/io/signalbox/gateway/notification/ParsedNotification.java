package io.signalbox.gateway.notification;

import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of the bytes of a notification. */
public sealed interface ParsedNotification {

  /**
   * A notification that can be accepted.
   *
   * @param content its JSON object, which is to be stored
   */
  record Valid(SendNotification notification, Buffer content) implements ParsedNotification {}

  /**
   * A notification without mistakes, whose texts are still to be made by a template.
   *
   * @param use what it asks of the template
   * @param content its JSON object as it came
   */
  record Templated(TemplateUse use, Buffer content, String tenant, @Nullable String idempotencyKey)
      implements ParsedNotification {}

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
