package io.signalbox.gateway.compat.sendgrid;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SendGrid's errors: {@code {"errors": [{"message", "field", "help"}]}}. Pure functions. */
final class SendGridErrors {
  private static final String SENDER =
      "The from address does not match a verified Sender Identity. Mail cannot be sent until this"
          + " error is resolved: no provider of the gateway has it under senders.";

  private SendGridErrors() {}

  static DialectAnswer answer(Refusal refusal) {
    JsonArray errors = new JsonArray();
    if (refusal.kind() == Refusal.Kind.UNKNOWN_SENDER) {
      errors.add(error(SENDER, "from"));
      return DialectAnswer.json(403, new JsonObject().put("errors", errors));
    }
    List<Mistake> mistakes =
        refusal.mistakes().isEmpty()
            ? List.of(new Mistake("", message(refusal)))
            : refusal.mistakes();
    for (Mistake mistake : mistakes) {
      errors.add(error(message(mistake), mistake.field().isEmpty() ? null : mistake.field()));
    }
    return DialectAnswer.json(
            refusal.status() == 422 ? 400 : refusal.status(),
            new JsonObject().put("errors", errors))
        .retryAfter(refusal);
  }

  private static JsonObject error(String message, @Nullable String field) {
    return new JsonObject().put("message", message).put("field", field).putNull("help");
  }

  private static String message(Refusal refusal) {
    return switch (refusal.status()) {
      case 401 -> "The provided authorization grant is invalid, expired, or revoked";
      case 429 -> refusal.kind() == Refusal.Kind.QUOTA ? refusal.detail() : "too many requests";
      default -> refusal.detail();
    };
  }

  private static String message(Mistake mistake) {
    boolean address = mistake.field().endsWith(".email") && mistake.detail().contains("address");
    return address ? "Does not contain a valid address." : mistake.text();
  }
}
