package io.signalbox.simulator.ses;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The few kinds of DER values that a certificate consists of (X.690). */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0C;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int SHORT_LENGTH = 0x80;

  private Der() {}

  static byte[] sequence(byte[]... values) {
    return value(SEQUENCE, joined(values));
  }

  static byte[] set(byte[]... values) {
    return value(SET, joined(values));
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] text(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A time as {@code YYMMDDhhmmssZ}, of the years 1950 to 2049. */
  static byte[] utcTime(String time) {
    return value(UTC_TIME, time.getBytes(StandardCharsets.US_ASCII));
  }

  /** Whole bytes as a string of bits. */
  static byte[] bits(byte[] bytes) {
    return value(BIT_STRING, joined(new byte[1], bytes));
  }

  private static byte[] value(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < SHORT_LENGTH) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int from = length[0] == 0 ? 1 : 0;
      out.write(SHORT_LENGTH | (length.length - from));
      out.write(length, from, length.length - from);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] value : values) {
      out.writeBytes(value);
    }
    return out.toByteArray();
  }
}
