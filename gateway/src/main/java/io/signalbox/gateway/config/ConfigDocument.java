package io.signalbox.gateway.config;

/** Writes {@code docs/configuration.md} from the declared keys. */
final class ConfigDocument {
  private static final String HEAD =
      """
      # Configuration

      This page is generated from the classes `*Keys` in `gateway`; a test keeps it true. To write it anew:
      `mvn -pl gateway -am test -Dtest=ConfigDocumentTest -Dsurefire.failIfNoSpecifiedTests=false \
      -Dsignalbox.docs.update=true`

      A value comes from, first to last: the command line (`--set http.port=9090`), the environment, the file
      (`--config signalbox.yaml`), the default. Each key is an environment variable by one rule: dots become underscores,
      letters upper case, `SIGNALBOX_` in front, so `http.port` is `SIGNALBOX_HTTP_PORT`. In the file keys may be nested
      or dotted:

      ```yaml
      http:
        port: 9090
      breaker.recovery_timeout: 30s
      ```

      Durations carry their unit (`250ms`, `30s`, `5m`, `24h`, `7d`), sizes may (`64KiB`, `1MiB`, `2GiB`; bytes without).
      All mistakes are reported at once, and unknown keys stop the start. `<home>` is the folder of the installation,
      `<cores>` the number of processors.

      Variables that Kubernetes injects for a service named `signalbox` (`SIGNALBOX_SERVICE_*`, `SIGNALBOX_PORT`,
      `SIGNALBOX_PORT_*`) are ignored.
      """;

  private ConfigDocument() {}

  static String write() {
    StringBuilder page = new StringBuilder(HEAD);
    String section = "";
    for (ConfigKey<?> key : ConfigKeys.all().values()) {
      if (!key.section().equals(section)) {
        section = key.section();
        page.append("\n## ").append(section).append('\n');
        page.append(
            "| key | type | range | default | meaning |\n| --- | --- | --- | --- | --- |\n");
      }
      page.append("| `").append(key.name()).append("` | ").append(key.type().name());
      page.append(" | ").append(key.type().range()).append(" | ").append(shown(key));
      page.append(" | ").append(key.description()).append(" |\n");
    }
    return page.toString();
  }

  private static String shown(ConfigKey<?> key) {
    if (key.defaultText().isEmpty()) {
      return "empty";
    }
    return "`" + key.defaultText().replaceAll("\\$\\{([a-z.]+)}", "<$1>") + "`";
  }
}
