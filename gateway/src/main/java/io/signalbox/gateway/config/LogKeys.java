package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.flag;
import static io.signalbox.gateway.config.ValueTypes.oneOf;

/** The keys of the section {@code log}. */
final class LogKeys {
  static final KeyGroup GROUP = new KeyGroup("log");

  static final ConfigKey<String> LEVEL =
      GROUP.key(
          "level",
          oneOf("auto", "error", "warn", "info", "debug"),
          "auto",
          "Least level that is written; auto: warn where the format is chosen to be text, else info.");

  static final ConfigKey<String> FORMAT =
      GROUP.key(
          "format",
          oneOf("auto", "json", "text"),
          "auto",
          "Json to stdout or text to stderr; auto: text at a terminal or with --sandbox, else json.");

  static final ConfigKey<Boolean> ACCESS =
      GROUP.key(
          "access",
          flag(),
          "false",
          "Whether each request over HTTP has a line in the log, by the logger named access.");

  private LogKeys() {}

  static GatewayConfig.Log read(ConfigValues v) {
    return new GatewayConfig.Log(v.get(LEVEL), v.get(FORMAT), v.get(ACCESS));
  }
}
