package io.signalbox.gateway.model;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace, as W3C Trace Context (level 1) has it in the header {@code traceparent}. The
 * id of the trace is the correlation id: it follows a notification through all that is done for it,
 * whether traces are recorded or not.
 *
 * @param traceHigh the first half of the trace's id
 * @param traceLow the second half; not both are 0
 * @param span who the parent of what follows is; not 0
 * @param sampled whether whoever is before us records this trace
 */
public record TraceContext(long traceHigh, long traceLow, long span, boolean sampled) {
  /** The header, and the name of the extension of CloudEvents. */
  public static final String HEADER = "traceparent";

  private static final HexFormat HEX = HexFormat.of();
  private static final int TRACE = 3;
  private static final int TRACE_LOW = 19;
  private static final int SPAN = 36;
  private static final int FLAGS = 53;
  private static final int LENGTH = 55;

  /** Checks that the ids are ids. */
  public TraceContext {
    if ((traceHigh | traceLow) == 0 || span == 0) {
      throw new IllegalArgumentException("an id of a trace or a span is not 0");
    }
  }

  /** A new trace, which nobody records. */
  public static TraceContext begin() {
    return new TraceContext(random(), random(), random(), false);
  }

  /**
   * The trace of a notification of which none is stored: a trace's id is made of its own id, so
   * that it is the same wherever it is read.
   */
  public static TraceContext of(NotificationId id) {
    UUID uuid = id.toUuid();
    return new TraceContext(
        uuid.getMostSignificantBits(),
        uuid.getLeastSignificantBits(),
        uuid.getLeastSignificantBits(),
        false);
  }

  /** Reads the header; empty if it is absent, or not as the standard has it. */
  public static Optional<TraceContext> parse(@Nullable String header) {
    if (header == null || !isWellFormed(header)) {
      return Optional.empty();
    }
    long high = HexFormat.fromHexDigitsToLong(header, TRACE, TRACE_LOW);
    long low = HexFormat.fromHexDigitsToLong(header, TRACE_LOW, SPAN - 1);
    long span = HexFormat.fromHexDigitsToLong(header, SPAN, FLAGS - 1);
    boolean sampled = (HexFormat.fromHexDigits(header, FLAGS, LENGTH) & 1) == 1;
    return (high | low) == 0 || span == 0
        ? Optional.empty()
        : Optional.of(new TraceContext(high, low, span, sampled));
  }

  /** Versions to come may have more behind what this one has; version ff is none. */
  private static boolean isWellFormed(String text) {
    boolean longer = text.length() > LENGTH;
    if (text.length() < LENGTH
        || text.startsWith("ff")
        || (longer && (text.startsWith("00") || text.charAt(LENGTH) != '-'))) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean dash = i == TRACE - 1 || i == SPAN - 1 || i == FLAGS - 1;
      if (dash ? c != '-' : !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  /** The id of the trace: 32 hexadecimal digits. */
  public String traceId() {
    return HEX.toHexDigits(traceHigh) + HEX.toHexDigits(traceLow);
  }

  /** The id of the span: 16 hexadecimal digits. */
  public String spanId() {
    return HEX.toHexDigits(span);
  }

  /** The value of the header. */
  public String traceparent() {
    byte[] text = new byte[LENGTH];
    text[0] = '0';
    text[1] = '0';
    text[TRACE - 1] = '-';
    digits(text, TRACE, traceHigh);
    digits(text, TRACE_LOW, traceLow);
    text[SPAN - 1] = '-';
    digits(text, SPAN, span);
    text[FLAGS - 1] = '-';
    text[FLAGS] = '0';
    text[FLAGS + 1] = (byte) (sampled ? '1' : '0');
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /**
   * Writes 16 hexadecimal digits. One is written for each notification, so without texts between.
   */
  private static void digits(byte[] text, int from, long value) {
    for (int i = 0; i < Long.BYTES * 2; i++) {
      int digit = (int) (value >>> (Long.SIZE - 4 - 4 * i)) & 0xf;
      text[from + i] = (byte) (digit < 10 ? '0' + digit : 'a' - 10 + digit);
    }
  }

  private static long random() {
    return ThreadLocalRandom.current().nextLong() | 1;
  }
}
