package io.signalbox.simulator.mailgun;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Mailgun's error answers. */
final class MailgunErrors {
  private static final DateTimeFormatter TRY_AGAIN =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private MailgunErrors() {}

  static Answer of(int status, String message) {
    return Answer.json(status, new JsonObject().put("message", message));
  }

  /** The only error that is no JSON. */
  static Answer forbidden() {
    return new Answer(401, Map.of("Content-Type", "text/plain"), Buffer.buffer("Forbidden"));
  }

  static Answer of(Failure failure, String domain, Instant now, int retryAfterSeconds) {
    return switch (failure) {
      case ERROR -> of(500, "Internal Server Error");
      case UNAVAILABLE -> of(503, "Service Unavailable");
      case TOO_LARGE -> of(413, "request size exceeds 52.4MiB limit");
      case THROTTLE ->
          of(
              429,
              "Domain "
                  + domain
                  + " is not allowed to send: request limit exceeded, try again after "
                  + TRY_AGAIN.format(now.plusSeconds(retryAfterSeconds)));
    };
  }
}
