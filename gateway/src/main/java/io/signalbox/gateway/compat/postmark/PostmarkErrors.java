package io.signalbox.gateway.compat.postmark;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Kind;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** Postmark's errors: {@code {"ErrorCode", "Message"}}. Pure functions. */
final class PostmarkErrors {
  /** The field that says that a batch has too many mails. */
  static final String BATCH = "batch";

  /** There is no sender signature for the address. */
  private static final int NO_SIGNATURE = 400;

  private PostmarkErrors() {}

  static DialectAnswer answer(Refusal refusal) {
    return DialectAnswer.json(status(refusal), json(refusal)).retryAfter(refusal);
  }

  /** What is told of one mail. */
  static JsonObject json(Refusal refusal) {
    return new JsonObject().put("ErrorCode", code(refusal)).put("Message", message(refusal));
  }

  private static int status(Refusal refusal) {
    return refusal.kind() == Kind.QUOTA || refusal.status() == 400 ? 422 : refusal.status();
  }

  private static int code(Refusal refusal) {
    return switch (refusal.status()) {
      case 400 -> 402;
      case 401 -> 10;
      case 403 -> 413;
      case 422 ->
          refusal.kind() == Kind.UNKNOWN_SENDER ? NO_SIGNATURE : ofField(refusal.first().field());
      case 429 -> refusal.kind() == Kind.QUOTA ? 405 : 429;
      case 503 -> 100;
      default -> 300;
    };
  }

  private static int ofField(String field) {
    return switch (field) {
      case BATCH -> 410;
      case "Attachments" -> 411;
      default -> 300;
    };
  }

  private static String message(Refusal refusal) {
    if (refusal.status() == 401) {
      return "Request does not contain a valid Server token.";
    }
    return refusal.mistakes().isEmpty()
        ? refusal.detail()
        : refusal.mistakes().stream()
            .map(PostmarkErrors::sentence)
            .collect(Collectors.joining(" "));
  }

  private static String sentence(Mistake mistake) {
    if (mistake.field().equals("To") && mistake.detail().contains("address")) {
      return "Invalid 'To' address: it " + mistake.detail() + ".";
    }
    String field = mistake.field().isEmpty() ? "The mail" : "'" + mistake.field() + "'";
    return field + " " + mistake.detail() + ".";
  }
}
