package io.signalbox.gateway.compat.twilio;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Refusals as Twilio tells its own: {@code code}, {@code message}, {@code more_info}. */
final class TwilioErrors {
  /** How the detail of {@code From} begins if it is of another channel than {@code To}. */
  static final String OTHER_CHANNEL = "and To must be of the same channel";

  private static final int UNKNOWN_PARAMETER = 20_001;
  private static final String MORE = "https://www.twilio.com/docs/errors/";

  /** Where the field is there and wrong. */
  private static final Map<String, Integer> WRONG =
      Map.of(
          TwilioFields.TO, 21_211,
          TwilioFields.FROM, 21_212,
          TwilioFields.BODY, 21_617,
          TwilioFields.CALLBACK, 21_609,
          TwilioFields.VALIDITY, 90_007,
          TwilioFields.SCHEDULE, 35_126,
          TwilioFields.SEND_AT, 35_115,
          TwilioFields.MEDIA, 21_620,
          TwilioFields.CONTENT, 21_655);

  private static final Map<String, Integer> MISSING =
      Map.of(
          TwilioFields.TO, 21_604,
          TwilioFields.FROM, 21_603,
          TwilioFields.BODY, 21_602,
          TwilioFields.SEND_AT, 35_111);

  private TwilioErrors() {}

  static DialectAnswer answer(Refusal refusal) {
    return switch (refusal.status()) {
      case 401 -> error(401, 20_003, "Authenticate: " + refusal.detail());
      case 403 -> error(403, 20_003, "Permission Denied: " + refusal.detail());
      case 404 -> error(404, 20_404, "The requested resource was not found: " + refusal.detail());
      case 405 -> error(405, 20_004, "Method not allowed: " + refusal.detail());
      case 422 -> mistaken(refusal.first());
      case 429 -> error(429, 20_429, "Too Many Requests: " + refusal.detail()).retryAfter(refusal);
      case 500 -> error(500, 20_500, "Internal Server Error: " + refusal.detail());
      case 503 ->
          error(503, 20_503, "Service Unavailable: " + refusal.detail()).retryAfter(refusal);
      default -> error(refusal.status(), 20_400, "Bad Request: " + refusal.detail());
    };
  }

  private static DialectAnswer mistaken(Mistake mistake) {
    return error(400, code(mistake), mistake.text());
  }

  private static int code(Mistake mistake) {
    if (mistake.field().equals(TwilioFields.FROM) && mistake.detail().startsWith(OTHER_CHANNEL)) {
      return 21_910;
    }
    return (mistake.isMissing() ? MISSING : WRONG).getOrDefault(mistake.field(), UNKNOWN_PARAMETER);
  }

  private static DialectAnswer error(int status, int code, String message) {
    return DialectAnswer.json(
        status,
        new JsonObject()
            .put("code", code)
            .put("message", message)
            .put("more_info", MORE + code)
            .put("status", status));
  }
}
