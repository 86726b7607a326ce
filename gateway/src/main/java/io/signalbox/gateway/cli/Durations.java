package io.signalbox.gateway.cli;

/** Durations as they are typed: a number and ms, s, m or h. */
final class Durations {
  private Durations() {}

  /**
   * The duration in seconds.
   *
   * @param option whose value it is, for the message
   */
  static double seconds(String text, String option) {
    String digits = text.replaceFirst("(ms|s|m|h)$", "");
    double factor =
        switch (text.substring(digits.length())) {
          case "ms" -> 0.001;
          case "m" -> 60;
          case "h" -> 3_600;
          default -> 1;
        };
    try {
      double seconds = Double.parseDouble(digits) * factor;
      if (seconds >= 0 && Double.isFinite(seconds)) {
        return seconds;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, as a negative number is.
    }
    throw new CommandFailure(
        ExitCodes.BAD_DATA, option + " must be a time such as 500ms, 60s or 5m, was " + text);
  }
}
