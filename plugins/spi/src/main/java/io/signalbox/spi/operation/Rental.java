package io.signalbox.spi.operation;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number that is rented.
 *
 * @param id the provider's id
 * @param number the telephone number in E.164 form, with the plus
 * @param price what it costs; null if the provider does not say
 * @param startedAt when it was rented, by the provider's clock; null if it does not say
 * @param expiresAt when it ends by itself; null if the provider does not say
 */
public record Rental(
    String id,
    String number,
    @Nullable Price price,
    @Nullable Instant startedAt,
    @Nullable Instant expiresAt) {

  /**
   * Checks that nothing is missing: plugins may be compiled without null checks.
   *
   * @param id {@link #id()}
   * @param number {@link #number()}
   * @param price {@link #price()}
   * @param startedAt {@link #startedAt()}
   * @param expiresAt {@link #expiresAt()}
   */
  public Rental {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(number, "number");
  }

  /** Without the number, which is personal data as soon as somebody uses it. */
  @Override
  public String toString() {
    return "Rental[" + id + "]";
  }
}
