package io.signalbox.simulator.mailgun;

import io.signalbox.simulator.core.Fields;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the events: a range of time, a direction, and exact values of some fields.
 *
 * @param fromMillis the older end of the range
 * @param toMillis the newer end of the range
 * @param skip how many events the pages before this one had
 */
record EventQuery(
    long fromMillis,
    long toMillis,
    boolean ascending,
    int limit,
    long skip,
    @Nullable String event,
    @Nullable String messageId,
    @Nullable String recipient) {

  private static final int MAX_LIMIT = 300;
  private static final int DEFAULT_LIMIT = 100;
  private static final double MILLIS_PER_SECOND = 1000;
  private static final String SKIP = "skip";
  private static final Pattern EPOCH = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** The query of a URL's parameters; empty if a time or the limit is none. */
  static Optional<EventQuery> of(Map<String, List<String>> parameters, Instant now) {
    OptionalLong begin = millis(Fields.first(parameters, "begin"), now.toEpochMilli());
    String end = Fields.first(parameters, "end");
    String direction = Fields.first(parameters, "ascending");
    boolean given = "yes".equals(direction);
    OptionalLong until = millis(end, given ? Long.MAX_VALUE : 0);
    int limit = number(Fields.first(parameters, "limit"), DEFAULT_LIMIT);
    int skip = number(Fields.first(parameters, SKIP), 0);
    if (begin.isEmpty() || until.isEmpty() || limit < 1 || limit > MAX_LIMIT || skip < 0) {
      return Optional.empty();
    }
    boolean ascending = end == null ? given : until.getAsLong() >= begin.getAsLong();
    return Optional.of(
        new EventQuery(
            Math.min(begin.getAsLong(), until.getAsLong()),
            Math.max(begin.getAsLong(), until.getAsLong()),
            ascending,
            limit,
            skip,
            Fields.first(parameters, "event"),
            Fields.first(parameters, "message-id"),
            Fields.first(parameters, "recipient")));
  }

  boolean matches(EventLog.Entry entry) {
    return entry.millis() >= fromMillis
        && entry.millis() <= toMillis
        && (event == null || event.equals(entry.kind().event()))
        && (messageId == null || messageId.equals(entry.messageId()))
        && (recipient == null || recipient.equalsIgnoreCase(entry.recipient()));
  }

  /** The last part of the URL of another page of the same query. */
  static String pageToken(@Nullable String rawQuery, long skip) {
    String query = rawQuery == null ? "" : rawQuery.replaceAll("(^|&)" + SKIP + "=\\d+", "");
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((query + "&" + SKIP + "=" + skip).getBytes(StandardCharsets.UTF_8));
  }

  /** The raw query that such a last part stands for; empty if it is none. */
  static Optional<String> rawQuery(String pageToken) {
    try {
      byte[] query = Base64.getUrlDecoder().decode(pageToken);
      return Optional.of(new String(query, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private static OptionalLong millis(@Nullable String text, long otherwise) {
    if (text == null) {
      return OptionalLong.of(otherwise);
    }
    if (EPOCH.matcher(text).matches()) {
      return OptionalLong.of((long) (Double.parseDouble(text) * MILLIS_PER_SECOND));
    }
    try {
      return OptionalLong.of(
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from).toEpochMilli());
    } catch (DateTimeException noTime) {
      return OptionalLong.empty();
    }
  }

  private static int number(@Nullable String text, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
  }
}
