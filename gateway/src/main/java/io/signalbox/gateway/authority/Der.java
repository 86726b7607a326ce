package io.signalbox.gateway.authority;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** Writes what a certificate is made of (X.690, DER). */
final class Der {
  private static final int LAST_UTC_TIME = 2049;
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(0x30, join(parts));
  }

  static byte[] set(byte[]... parts) {
    return tagged(0x31, join(parts));
  }

  static byte[] integer(BigInteger value) {
    return tagged(0x02, value.toByteArray());
  }

  static byte[] isTrue() {
    return tagged(0x01, new byte[] {(byte) 0xff});
  }

  static byte[] octets(byte[] content) {
    return tagged(0x04, content);
  }

  static byte[] utf8(String text) {
    return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whole bytes. */
  static byte[] bits(byte[] content) {
    return tagged(0x03, join(new byte[] {0}, content));
  }

  /** The bits of one byte that are set, from the first one, without the rest. */
  static byte[] flags(int firstByte) {
    return tagged(
        0x03, new byte[] {(byte) Integer.numberOfTrailingZeros(firstByte), (byte) firstByte});
  }

  static byte[] time(Instant at) {
    boolean early = at.atZone(ZoneOffset.UTC).getYear() <= LAST_UTC_TIME;
    String text = (early ? UTC_TIME : GENERALIZED_TIME).format(at);
    return tagged(early ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier in dotted form. */
  static byte[] oid(String dotted) {
    long[] arcs = Arrays.stream(dotted.split("\\.")).mapToLong(Long::parseLong).toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    base128(out, arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      base128(out, arcs[i]);
    }
    return tagged(0x06, out.toByteArray());
  }

  private static void base128(ByteArrayOutputStream out, long value) {
    for (int shift = 63 / 7 * 7; shift > 0; shift -= 7) {
      if (value >>> shift != 0) {
        out.write((int) (((value >>> shift) & 0x7f) | 0x80));
      }
    }
    out.write((int) (value & 0x7f));
  }

  /** Something with a tag of the context's, which replaces its own. */
  static byte[] implicit(int number, byte[] content) {
    return tagged(0x80 | number, content);
  }

  /** Something made of others, with a tag of the context's. */
  static byte[] explicit(int number, byte[]... parts) {
    return tagged(0xa0 | number, join(parts));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] bytes = BigInteger.valueOf(length).toByteArray();
      int zeros = bytes[0] == 0 ? 1 : 0;
      out.write(0x80 | (bytes.length - zeros));
      out.write(bytes, zeros, bytes.length - zeros);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
