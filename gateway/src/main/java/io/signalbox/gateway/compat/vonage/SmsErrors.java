package io.signalbox.gateway.compat.vonage;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Refusals as the SMS API tells its own: always with HTTP status 200. */
final class SmsErrors {
  private SmsErrors() {}

  static DialectAnswer answer(Refusal refusal) {
    Mistake first = refusal.first();
    return switch (refusal.status()) {
      case 401 ->
          first.field().equals(VonageCredentials.SIGNATURE)
              ? error("14", "Invalid Signature - " + first.text())
              : error("4", "Bad Credentials - " + first.text());
      case 403 -> error("11", "Account not enabled for this - " + refusal.detail());
      case 413 -> error("12", "Message too long - " + refusal.detail());
      case 422 -> mistaken(first);
      case 429 ->
          refusal.kind() == Refusal.Kind.QUOTA
              ? error("9", "Partner quota exceeded - " + refusal.detail())
              : throttled(refusal);
      case 500, 503 -> error("5", "Internal Error - " + refusal.detail()).retryAfter(refusal);
      default -> error("6", "Unable to process this message - " + refusal.detail());
    };
  }

  /** Clients read the milliseconds out of the words. */
  private static DialectAnswer throttled(Refusal refusal) {
    long millis = Math.max(1, refusal.retryAfterSeconds()) * 1_000;
    return error("1", "Throughput Rate Exceeded - please wait [ " + millis + " ] and retry")
        .retryAfter(refusal);
  }

  private static DialectAnswer mistaken(Mistake mistake) {
    if (mistake.isMissing()) {
      return error("2", "Missing " + mistake.field() + " param");
    }
    String why = mistake.field() + " param - " + mistake.text();
    return switch (mistake.field()) {
      case VonageFields.CALLBACK -> error("23", "Invalid " + why);
      case VonageFields.FROM -> error("15", "Invalid " + why);
      default -> error("3", "Invalid " + why);
    };
  }

  private static DialectAnswer error(String status, String text) {
    return one(new JsonObject().put("status", status).put("error-text", text));
  }

  /** An answer about one message. */
  static DialectAnswer one(JsonObject message) {
    return DialectAnswer.json(
        200,
        new JsonObject().put("message-count", "1").put("messages", new JsonArray().add(message)));
  }
}
