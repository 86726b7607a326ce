package io.signalbox.loader.check;

import org.jspecify.annotations.Nullable;

/** A jar that must not be loaded. */
public final class PluginRefusedException extends Exception {
  private final String reason;

  /** Refuses for a reason: what is wrong and what would be right, as a sentence part. */
  public PluginRefusedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Refuses for a reason that an exception brought up. */
  public PluginRefusedException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** What is wrong and what would be right. */
  public String reason() {
    return reason;
  }
}
