package io.signalbox.loader;

/** A jar that must not be loaded; the message says what is wrong and what would be right. */
public final class PluginRefusedException extends Exception {

  /** Refuses for a reason. */
  public PluginRefusedException(String reason) {
    super(reason);
  }

  /** Refuses for a reason that an exception brought up. */
  public PluginRefusedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
