package io.signalbox.gateway.config;

import java.util.List;
import java.util.Optional;

/**
 * Sizes in bytes, as people write them: {@code 4096}, {@code 64KiB}, {@code 1MiB}, {@code 2GiB}.
 */
final class ByteSize {
  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");
  private static final int LONGEST = 12;

  private ByteSize() {}

  static Optional<Long> parse(String text) {
    long factor = 1;
    String digits = text;
    for (int i = 0; i < UNITS.size(); i++) {
      if (text.endsWith(UNITS.get(i))) {
        factor = 1L << (10 * (i + 1));
        digits = text.substring(0, text.length() - UNITS.get(i).length()).trim();
      }
    }
    if (digits.isEmpty()
        || digits.length() > LONGEST
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    try {
      return Optional.of(Math.multiplyExact(Long.parseLong(digits), factor));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** In the largest unit that is exact. */
  static String format(long bytes) {
    long amount = bytes;
    String unit = "";
    for (String next : UNITS) {
      if (amount == 0 || amount % 1024 != 0) {
        break;
      }
      amount /= 1024;
      unit = next;
    }
    return amount + unit;
  }
}
