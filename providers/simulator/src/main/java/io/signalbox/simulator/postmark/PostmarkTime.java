package io.signalbox.simulator.postmark;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Postmark writes them: with seven digits after the second. */
final class PostmarkTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private PostmarkTime() {}

  static String of(Instant time) {
    return FORMAT.format(time);
  }
}
