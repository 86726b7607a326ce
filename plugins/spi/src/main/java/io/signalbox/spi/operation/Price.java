package io.signalbox.spi.operation;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * An amount of money.
 *
 * @param amount 0 or more, with at most 6 decimals
 * @param currency what it is counted in: three capital letters of ISO 4217 where the provider says
 *     or documents it, otherwise as its file configures it
 */
public record Price(BigDecimal amount, String currency) {
  private static final int MAX_DECIMALS = 6;

  /**
   * Checks the range.
   *
   * @param amount {@link #amount()}
   * @param currency {@link #currency()}
   * @throws IllegalArgumentException if it is less than 0 or finer than a millionth
   */
  public Price {
    Objects.requireNonNull(currency, "currency");
    if (amount.signum() < 0 || amount.stripTrailingZeros().scale() > MAX_DECIMALS) {
      throw new IllegalArgumentException("an amount has at most 6 decimals and is not negative");
    }
  }
}
