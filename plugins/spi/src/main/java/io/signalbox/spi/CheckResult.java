package io.signalbox.spi;

/**
 * Result of {@link Provider#check()}.
 *
 * @param healthy whether the provider could work now
 * @param detail one sentence for a person; holds no secret
 */
public record CheckResult(boolean healthy, String detail) {

  /** A good result. */
  public static CheckResult healthy(String detail) {
    return new CheckResult(true, detail);
  }

  /** A bad result. */
  public static CheckResult unhealthy(String detail) {
    return new CheckResult(false, detail);
  }
}
