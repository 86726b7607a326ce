package io.signalbox.gateway.ledger.sql;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts of money as whole millionths: exact, and numbers in every store. */
final class Micros {
  private static final int DECIMALS = 6;
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE, DECIMALS);

  private Micros() {}

  /** What is stored of an amount; one that nobody could pay is stored as the greatest there is. */
  static long of(BigDecimal amount) {
    return amount.min(MOST).setScale(DECIMALS, RoundingMode.UP).unscaledValue().longValueExact();
  }

  /** The amount of what is stored. */
  static BigDecimal amount(long micros) {
    BigDecimal amount = BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros();
    return amount.scale() < 0 ? amount.setScale(0) : amount;
  }
}
