package io.signalbox.gateway.compat.mailgun;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;

/** Mailgun's errors: {@code {"message"}}, and a text for a wrong key. Pure functions. */
final class MailgunErrors {
  private MailgunErrors() {}

  static DialectAnswer answer(Refusal refusal) {
    if (refusal.status() == 401) {
      return new DialectAnswer(401, Map.of(), "text/plain", Buffer.buffer("Forbidden"));
    }
    return DialectAnswer.json(
            refusal.status() == 422 ? 400 : refusal.status(),
            new JsonObject().put("message", message(refusal)))
        .retryAfter(refusal);
  }

  private static String message(Refusal refusal) {
    return refusal.mistakes().isEmpty()
        ? refusal.detail()
        : refusal.mistakes().stream()
            .map(MailgunErrors::sentence)
            .collect(Collectors.joining("; "));
  }

  private static String sentence(Mistake mistake) {
    String field = mistake.field();
    if (mistake.isMissing() && !field.isEmpty()) {
      return field + " parameter is missing";
    }
    boolean address =
        (field.equals("to") || field.equals("from")) && mistake.detail().contains("mail address");
    if (address) {
      return field + " parameter is not a valid address. please check documentation";
    }
    return field.isEmpty() ? mistake.detail() : field + " parameter " + mistake.detail();
  }
}
