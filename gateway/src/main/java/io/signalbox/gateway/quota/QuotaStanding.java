package io.signalbox.gateway.quota;

/**
 * How it stands with a quota, as far as this gateway knows.
 *
 * @param apiKey id of the API key whose quota it is; empty for that of the tenant
 * @param limit how many notifications may be sent in the period
 * @param remaining how many may be sent yet; what other gateways have taken ahead is not in it
 * @param lengthSeconds how long the period is
 * @param resetSeconds how long it lasts yet
 */
public record QuotaStanding(
    String apiKey,
    Period period,
    long limit,
    long remaining,
    long lengthSeconds,
    long resetSeconds) {

  /** A name for headers: {@code tenant-day}, {@code key-month} and so on. */
  public String name() {
    return (isOfKey() ? "key-" : "tenant-") + period.wireName();
  }

  /** Whether it is the quota of an API key. */
  public boolean isOfKey() {
    return !apiKey.isEmpty();
  }
}
