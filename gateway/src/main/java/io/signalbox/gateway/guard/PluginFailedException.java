package io.signalbox.gateway.guard;

import java.util.Optional;

/**
 * What a plugin threw or failed with, as text: its own exception holds its classes in memory for as
 * long as anybody keeps it.
 */
public final class PluginFailedException extends RuntimeException {
  private static final int MOST_CHARACTERS = 400;

  private final boolean begun;
  private final String kind;

  private PluginFailedException(String message, String kind, boolean begun) {
    super(message, null, false, false);
    this.kind = kind;
    this.begun = begun;
  }

  /** A failure of the plugin's code. */
  static PluginFailedException of(String call, Throwable failure) {
    StringBuilder text = new StringBuilder(call).append(": ").append(textOf(failure));
    PluginStack.firstFrame(failure.getStackTrace())
        .ifPresent(frame -> text.append(" at ").append(frame));
    return new PluginFailedException(cut(text.toString()), failure.getClass().getName(), true);
  }

  /** A call that broke the contract without throwing. */
  static PluginFailedException of(String call, String breach) {
    return new PluginFailedException(call + " " + breach, "breach", true);
  }

  /** A call that the plugin never saw. */
  static PluginFailedException notBegun(String call, String why) {
    return new PluginFailedException(call + " was not begun: " + why, "not_begun", false);
  }

  private static String textOf(Throwable failure) {
    try {
      return Optional.ofNullable(failure.toString()).orElse(failure.getClass().getName());
    } catch (RuntimeException | Error e) {
      // An exception may override its own message, and throw there.
      return failure.getClass().getName();
    }
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + " ...";
  }

  /** Whether the plugin was called at all. */
  public boolean begun() {
    return begun;
  }

  /** The class of what was thrown, or a word for what was done otherwise. */
  public String kind() {
    return kind;
  }
}
