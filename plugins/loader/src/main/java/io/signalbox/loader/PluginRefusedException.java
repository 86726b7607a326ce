package io.signalbox.loader;

/** A jar that must not be loaded. */
public final class PluginRefusedException extends Exception {
  private final String reason;

  /** Refuses for a reason. */
  PluginRefusedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Refuses for a reason that an exception brought up. */
  PluginRefusedException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** What is wrong and what would be right. */
  public String reason() {
    return reason;
  }
}
