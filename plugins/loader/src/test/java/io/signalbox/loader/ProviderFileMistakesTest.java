package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake of a provider file is told with its line and key; what ran before goes on. */
class ProviderFileMistakesTest extends WatchedFolder {

  @BeforeEach
  void settleAtOnce() {
    // All files come by a rename.
    settings = settings.withTimes(Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(5));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "an unknown key", "plugin: mail\nwieght: 5\n", "line 2, wieght: is not a known key"),
        mistake(
            "wrong types",
            "plugin: mail\nweight: heavy\n\nenabled: perhaps\n# note\ntimeout: 10\n",
            "line 2, weight: must be a whole number from 1 to 1000",
            "line 4, enabled: must be true or false",
            "line 6, timeout: must be a duration from 50ms to 5m, such as 250ms, 30s, 5m"),
        mistake(
            "out of range",
            "plugin: mail\npriority: 0\n",
            "line 2, priority: must be a whole number from 1 to 1000000"),
        mistake(
            "an unknown channel",
            "plugin: mail\nchannels:\n  - email\n  - fax\n",
            "line 2, channels: must be of email, sms, whatsapp, telegram, number, booking"),
        mistake(
            "a channel that the plugin does not carry",
            "plugin: mail\nweight: 7\nchannels: [sms]\n",
            "line 3, channels: plugin mail carries only email"),
        mistake("a missing key", "# note\nweight: 5\n", "line 1, plugin: is required (text)"),
        mistake(
            "no name of a plugin",
            "weight: 5\nplugin: Mail!\n",
            "line 2, plugin: must be the name of a plugin, such as sendgrid"),
        mistake(
            "a secret that is not set",
            "plugin: mail\nconfig:\n  url: x\n  keys:\n    main: ${env:NO_SUCH_THING}\n",
            "line 5, config.keys.main: variable ${env:NO_SUCH_THING} cannot be resolved: the"
                + " environment variable is not set"),
        mistake(
            "a secret in a list of blocks",
            "plugin: mail\nconfig:\n  rules:\n    - a: 1\n    - a: 2\n      b: ${file:/no/file}\n",
            "line 6, config.rules[1].b: variable ${file:/no/file} cannot be resolved: there is no"
                + " such file"),
        mistake(
            "a merged block",
            "plugin: mail\nconfig:\n  a: &a {k: '${env:NO}'}\n  b:\n    <<: *a\n",
            "line 3, config.a.k: variable ${env:NO} cannot be resolved: the environment variable is"
                + " not set",
            "line 3, config.b.k: variable ${env:NO} cannot be resolved: the environment variable is"
                + " not set"),
        mistake(
            "config that is no block",
            "plugin: mail\nconfig: text\n",
            "line 2, config: must be a block of keys and values"));
  }

  private static Arguments mistake(String name, String text, String... told) {
    return Arguments.of(name, text, List.of(told));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void areToldWithLineAndKey(String name, String text, List<String> told) throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\nweight: 7\n");
    start();
    provider("a.yaml", text);
    eventually(() -> assertThat(gateway.refusals).hasSize(1));
    assertThat(gateway.refusals.get(0).file()).isEqualTo(dir.resolve("a.yaml"));
    assertThat(gateway.reasons().get(0).split("; ")).containsExactlyInAnyOrderElementsOf(told);
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.REFUSED));
    assertThat(providerStatus("a.yaml").running()).isTrue();
    assertThat(gateway.running.get("a").weight()).isEqualTo(7);
    provider("a.yaml", "plugin: mail\nweight: 8\n");
    eventually(() -> assertThat(gateway.running.get("a").weight()).isEqualTo(8));
    assertThat(gateway.events).containsExactly("start a 1.0", "start a 1.0");
  }

  @ParameterizedTest
  @MethodSource("brokenYaml")
  void brokenYamlIsToldWithItsLine(String text, String told) throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\nweight: 7\n");
    start();
    provider("a.yaml", text);
    eventually(() -> assertThat(gateway.refusals).hasSize(1));
    assertThat(gateway.reasons().get(0)).startsWith("file: is no usable YAML: " + told);
    assertThat(gateway.events).containsExactly("start a 1.0");
  }

  static Stream<Arguments> brokenYaml() {
    return Stream.of(
        Arguments.of("plugin: mail\nweight: [1\n", "line 3"),
        Arguments.of("plugin: mail\n\tweight: 1\n", "line 2"),
        Arguments.of("plugin: mail\nplugin: sms\n", "line 2"),
        Arguments.of("plugin: mail\n---\nplugin: sms\n", "line 2"),
        Arguments.of("plugin: mail\nconfig: {key: !secret x}\n", "line 2"));
  }

  @Test
  void whatOnlyThePluginFindsIsToldWithItsLineToo() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\nconfig:\n  url: http://x\n");
    start();
    gateway.throwing.put(
        "a",
        new ConfigException(
            List.of(
                new ConfigProblem("config.url", "must be a URL"),
                new ConfigProblem("config.api_key", "is required (secret)"))));
    provider("a.yaml", "plugin: mail\n\nconfig:\n  from: me\n  url: nonsense\n");
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.FAILED));
    assertThat(providerStatus("a.yaml").detail())
        .isEqualTo(
            "line 5, config.url: must be a URL; line 3, config.api_key: is required (secret)");
    assertThat(providerStatus("a.yaml").running()).isTrue();
    assertThat(gateway.running.get("a").config().getString("url")).isEqualTo("http://x");
  }
}
