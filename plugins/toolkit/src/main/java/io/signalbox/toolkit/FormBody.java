package io.signalbox.toolkit;

import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A body or query of {@code application/x-www-form-urlencoded}, with the order and the repeats of
 * its fields as they came.
 *
 * @param fields in order
 */
public record FormBody(List<Field> fields) {
  /** Most fields that are read. Twilio, the longest, sends about forty. */
  public static final int MAX_FIELDS = 256;

  /**
   * Copies the list.
   *
   * @param fields {@link #fields()}
   */
  public FormBody {
    fields = List.copyOf(fields);
  }

  /**
   * One field.
   *
   * @param name decoded
   * @param value decoded; empty if there is none
   */
  public record Field(String name, String value) {
    @Override
    public String toString() {
      return "Field[" + name + "]";
    }
  }

  /** {@return a form without fields, to add to} */
  public static FormBody empty() {
    return new FormBody(List.of());
  }

  /**
   * Reads a body of UTF-8; see {@link #parse(String)}.
   *
   * @param body of UTF-8
   * @return the form; empty if it is none
   */
  public static Optional<FormBody> parse(Buffer body) {
    return parse(body.toString(StandardCharsets.UTF_8));
  }

  /**
   * Reads a body or query; empty if an escape is broken or there are too many fields.
   *
   * @param text with {@code &} and {@code =}
   * @return the form; empty if it is none
   */
  public static Optional<FormBody> parse(String text) {
    List<Field> fields = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int ampersand = text.indexOf('&', start);
      int end = ampersand < 0 ? text.length() : ampersand;
      if (end > start) {
        if (fields.size() == MAX_FIELDS) {
          return Optional.empty();
        }
        try {
          fields.add(field(text.substring(start, end)));
        } catch (IllegalArgumentException e) {
          return Optional.empty();
        }
      }
      start = end + 1;
    }
    return Optional.of(new FormBody(fields));
  }

  /**
   * {@return the same with one more field}
   *
   * @param name not encoded
   * @param value not encoded
   */
  public FormBody with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new FormBody(more);
  }

  /**
   * {@return the first value of that name, or null}
   *
   * @param name decoded
   */
  public @Nullable String first(String name) {
    for (Field field : fields) {
      if (field.name().equals(name)) {
        return field.value();
      }
    }
    return null;
  }

  /** {@return the encoded form} */
  public String encode() {
    return fields.stream()
        .map(field -> encoded(field.name()) + "=" + encoded(field.value()))
        .collect(Collectors.joining("&"));
  }

  /** {@return the encoded form as bytes} */
  public Buffer toBuffer() {
    return Buffer.buffer(encode());
  }

  private static Field field(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0
        ? new Field(decoded(pair), "")
        : new Field(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
