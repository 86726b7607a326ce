package io.signalbox.gateway.compat.resend;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Kind;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** Resend's errors: {@code {"statusCode", "name", "message"}}. Pure functions. */
final class ResendErrors {
  private ResendErrors() {}

  static DialectAnswer answer(Refusal refusal) {
    int status = status(refusal);
    return DialectAnswer.json(
            status,
            new JsonObject()
                .put("statusCode", status)
                .put("name", name(refusal))
                .put("message", message(refusal)))
        .retryAfter(refusal);
  }

  /** For the developer, with all fields that are at fault. */
  static String message(Refusal refusal) {
    return switch (refusal.status()) {
      case 401 -> refusal.kind() == Kind.NO_CREDENTIAL ? "Missing API Key" : "API key is invalid";
      default ->
          refusal.mistakes().isEmpty()
              ? refusal.detail()
              : refusal.mistakes().stream()
                  .map(ResendErrors::sentence)
                  .collect(Collectors.joining(" "));
    };
  }

  private static String sentence(Mistake mistake) {
    return mistake.isMissing()
        ? "Missing `" + mistake.field() + "` field."
        : (mistake.field().isEmpty() ? "The mail" : "`" + mistake.field() + "`")
            + " "
            + mistake.detail()
            + ".";
  }

  private static int status(Refusal refusal) {
    return switch (refusal.kind()) {
      case KEY_REUSED -> 409;
      case UNKNOWN_SENDER -> 403;
      case NO_CREDENTIAL, QUOTA -> refusal.status();
      case PLAIN -> refusal.status() == 401 ? 403 : refusal.status();
    };
  }

  private static String name(Refusal refusal) {
    return switch (refusal.status()) {
      case 400 ->
          refusal.first().field().equals(ResendFields.IDEMPOTENCY_KEY)
              ? "invalid_idempotency_key"
              : "validation_error";
      case 401 -> refusal.kind() == Kind.NO_CREDENTIAL ? "missing_api_key" : "invalid_api_key";
      case 403 -> "invalid_permission";
      case 404 -> "not_found";
      case 405 -> "method_not_allowed";
      case 422 ->
          switch (refusal.kind()) {
            case KEY_REUSED -> "invalid_idempotent_request";
            case UNKNOWN_SENDER -> "validation_error";
            default -> of(refusal);
          };
      case 429 -> refusal.kind() == Kind.QUOTA ? "daily_quota_exceeded" : "rate_limit_exceeded";
      case 500 -> "internal_server_error";
      case 503 -> "service_unavailable";
      default -> refusal.status() < 500 ? "validation_error" : "application_error";
    };
  }

  private static String of(Refusal refusal) {
    Mistake first = refusal.first();
    if (first.isMissing()) {
      return "missing_required_field";
    }
    String field = first.field().substring(first.field().lastIndexOf('.') + 1);
    return switch (field) {
      case "attachments" -> "invalid_attachment";
      case "from" -> "invalid_from_address";
      default -> "invalid_parameter";
    };
  }
}
