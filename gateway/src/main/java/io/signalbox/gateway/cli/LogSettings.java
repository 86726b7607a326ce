package io.signalbox.gateway.cli;

import io.signalbox.gateway.config.GatewayConfig;

/**
 * Decides how the log is written. Must be called before the first logger is made: logback.xml reads
 * what is set here.
 */
final class LogSettings {
  private static final String AUTO = "auto";

  private LogSettings() {}

  /**
   * Applies the configuration. Stdout stays readable where a person looks at it.
   *
   * @param person whether a person looks at the output: a terminal, or the sandbox
   */
  static void apply(GatewayConfig.Log log, boolean person) {
    String format = AUTO.equals(log.format()) ? (person ? "text" : "json") : log.format();
    boolean quiet = AUTO.equals(log.format()) && person;
    String level = AUTO.equals(log.level()) ? (quiet ? "warn" : "info") : log.level();
    System.setProperty("signalbox.log.access", log.access() ? "info" : "off");
    apply(level, format);
  }

  static void apply(String level, String format) {
    System.setProperty("signalbox.log.level", level);
    System.setProperty("signalbox.log.format", format);
  }
}
