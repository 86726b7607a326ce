package io.signalbox.gateway.notification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads single values; a wrong one becomes a problem and null, and is skipped. */
final class FieldReader {
  private static final int LONGEST_TIME = 40;
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  private final JsonParser json;
  private final Problems problems;

  FieldReader(JsonParser json, Problems problems) {
    this.json = json;
    this.problems = problems;
  }

  /** A text of 1 to {@code longest} characters that is not blank. */
  @Nullable String text(String pointer, int longest) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      problems.add(pointer, "must be a text");
      json.skipChildren();
      return null;
    }
    if (json.getTextLength() > longest) {
      problems.add(pointer, "must have at most " + longest + " characters");
      return null;
    }
    String text = json.getText();
    if (text.isBlank()) {
      problems.add(pointer, "must not be blank");
      return null;
    }
    return text;
  }

  /** A text without control characters, so that it can stand in a header or a log. */
  @Nullable String line(String pointer, int longest) throws IOException {
    String text = text(pointer, longest);
    if (text == null) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        problems.add(pointer, "must be one line without control characters");
        return null;
      }
    }
    return text;
  }

  /** A whole number in a range, or 0. The range must not hold 0. */
  long positive(String pointer, long min, long max) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && fitsLong()) {
      long number = json.getLongValue();
      if (number >= min && number <= max) {
        return number;
      }
    }
    problems.add(pointer, "must be a whole number from " + min + " to " + max);
    json.skipChildren();
    return 0;
  }

  /** A whole number other than 0, as a number or as a text; or 0. */
  long identifier(String pointer) throws IOException {
    JsonToken token = json.currentToken();
    long number = 0;
    if (token == JsonToken.VALUE_NUMBER_INT && fitsLong()) {
      number = json.getLongValue();
    } else if (token == JsonToken.VALUE_STRING) {
      number = parseLong(json.getText());
    }
    if (number == 0) {
      problems.add(pointer, "must be the number of a chat, such as 123456789");
      json.skipChildren();
    }
    return number;
  }

  /** True or false. */
  boolean flag(String pointer) throws IOException {
    JsonToken token = json.currentToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      problems.add(pointer, "must be true or false");
      json.skipChildren();
    }
    return token == JsonToken.VALUE_TRUE;
  }

  /** A moment. */
  @Nullable Instant time(String pointer) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING && json.getTextLength() <= LONGEST_TIME) {
      try {
        Instant time = OffsetDateTime.parse(json.getText()).toInstant();
        if (time.getEpochSecond() > 0 && time.getEpochSecond() <= LAST_MILLIS / 1000) {
          return time;
        }
      } catch (DateTimeException e) {
        // Falls through to the problem below, which says what would be right.
      }
    }
    problems.add(pointer, "must be a time as in RFC 3339, such as 2026-05-04T09:30:00Z");
    json.skipChildren();
    return null;
  }

  private boolean fitsLong() throws IOException {
    JsonParser.NumberType type = json.getNumberType();
    return type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG;
  }

  private static long parseLong(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    if (text.length() == start || text.length() > 19) {
      return 0;
    }
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return 0;
      }
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
