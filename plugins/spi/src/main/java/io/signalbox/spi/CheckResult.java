package io.signalbox.spi;

/**
 * Result of {@link Provider#check()}.
 *
 * @param healthy whether the provider could work now
 * @param detail one sentence for a person; holds no secret
 */
public record CheckResult(boolean healthy, String detail) {

  /**
   * {@return a good result}
   *
   * @param detail one sentence for a person; holds no secret
   */
  public static CheckResult healthy(String detail) {
    return new CheckResult(true, detail);
  }

  /**
   * {@return a bad result}
   *
   * @param detail one sentence for a person; holds no secret
   */
  public static CheckResult unhealthy(String detail) {
    return new CheckResult(false, detail);
  }
}
