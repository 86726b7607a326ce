package io.signalbox.gateway.config;

import java.util.List;

/**
 * How many notifications tenants may send.
 *
 * @param every of each tenant that is not named
 * @param named those of single tenants
 */
public record QuotaSettings(Quota every, List<Named> named) {
  /** Copies the list. */
  public QuotaSettings {
    named = List.copyOf(named);
  }

  /** Whether no tenant has any. */
  public boolean isNone() {
    return named.isEmpty() && every.perDay() == 0 && every.perMonth() == 0;
  }

  /** What a tenant may send. */
  public Quota of(String tenant) {
    for (Named each : named) {
      if (each.tenant().equals(tenant)) {
        return each.quota();
      }
    }
    return every;
  }

  /**
   * A number of notifications; 0 for as many as one likes.
   *
   * @param perDay in a day of UTC
   * @param perMonth in a month of UTC
   */
  public record Quota(long perDay, long perMonth) {}

  /** The quota of one tenant. */
  public record Named(String tenant, Quota quota) {}
}
