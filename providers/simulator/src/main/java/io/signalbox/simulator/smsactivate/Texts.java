package io.signalbox.simulator.smsactivate;

import io.signalbox.simulator.core.Answer;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The protocol's answers in plain text, and its way to write times. */
final class Texts {
  private static final Map<String, String> PLAIN =
      Map.of("Content-Type", "text/plain; charset=utf-8");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Texts() {}

  /** Status 200, whatever the text says. */
  static Answer of(String text) {
    return of(200, text);
  }

  static Answer of(int status, String text) {
    return new Answer(status, PLAIN, Buffer.buffer(text));
  }

  /** A country as a number, as the protocol has them in JSON; one of another kind as it is. */
  static Object country(String code) {
    return code.matches("[0-9]{1,9}") ? (Object) Integer.valueOf(code) : code;
  }

  /** In UTC, which the text does not say. */
  static String time(Instant at) {
    return TIME.format(at);
  }
}
