package io.signalbox.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.loader.check.PluginTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir private Path dir;

  @Test
  void everyKeyHasADefault() {
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
    assertThat(config.http().main().port()).isEqualTo(8080);
    assertThat(config.http().main().host()).isEqualTo("127.0.0.1");
    assertThat(config.security().jwtKeyFile()).isEqualTo(Path.of("./data/jwt.key"));
    assertThat(config.intake().minFreeDiskBytes()).isEqualTo(64L << 20);
    assertThat(config.dispatch().window()).isEqualTo(Duration.ofDays(1));
    assertThat(config.breaker().maxRecoveryTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.webhooks().publicUrl()).isEmpty();
    assertThat(config.plugins().trust()).isEqualTo(PluginTrust.ALL);
  }

  @Test
  void readsNestedAndDottedKeys() throws IOException {
    GatewayConfig config =
        load(
            "http:\n  port: 9090\ndata.dir: /var/lib/sb\nplugins:\n  allow: ["
                + "ab".repeat(32)
                + "]\n  signers: [/etc/signer.pem, "
                + "CD".repeat(32)
                + "]\n");
    assertThat(config.http().main().port()).isEqualTo(9090);
    assertThat(config.security().jwtKeyFile()).isEqualTo(Path.of("/var/lib/sb/jwt.key"));
    assertThat(config.plugins().trust().allow()).containsExactly("ab".repeat(32));
    assertThat(config.plugins().trust().signers())
        .containsExactly("/etc/signer.pem", "CD".repeat(32));
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file = write("http: {port: 1}\nbreaker: {window: 10s}\nlog: {level: warn}\n");
    GatewayConfig config =
        ConfigLoader.load(
            Optional.of(file),
            Map.of("SIGNALBOX_HTTP_PORT", "2", "SIGNALBOX_BREAKER_WINDOW", "20s"),
            Map.of("http.port", "3"));
    assertThat(config.http().main().port()).isEqualTo(3);
    assertThat(config.breaker().window()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.log().level()).isEqualTo("warn");
  }

  @Test
  void reportsAllMistakesAtOnceWithPlaceKeyAndRule() throws IOException {
    Path file = write("http:\n  prot: 1\n  port: 70000\nunknown_section: 1\n");
    List<String> mistakes =
        mistakes(
            Optional.of(file),
            Map.of("SIGNALBOX_HTPP_HOST", "x", "SIGNALBOX_SCORING_POLICY", "luck", "PATH", "/bin"),
            Map.of("dispatch.retry_base", "20m"));
    assertThat(mistakes)
        .containsExactlyInAnyOrder(
            file + ": http.prot is not a known key; did you mean http.port?",
            file + ": http.port must be a whole number from 0 to 65535",
            file + ": unknown_section is not a known key",
            "environment: SIGNALBOX_HTPP_HOST is not a known key; did you mean SIGNALBOX_HTTP_HOST?",
            "environment: SIGNALBOX_SCORING_POLICY must be one of weighted, adjusted, cheapest",
            "command line: dispatch.retry_base must not be longer than dispatch.retry_max");
  }

  @Test
  void refusesToForgetCallbacksThatAreStillRetried() {
    assertThat(
            mistakes(
                Optional.empty(),
                Map.of(),
                Map.of("callbacks.retry_delays", "1h, 30m", "callbacks.retention", "5399999ms")))
        .containsExactly(
            "command line: callbacks.retention must not be shorter than all of"
                + " callbacks.retry_delays together, 5400s");
  }

  @Test
  void refusesAddressesOfKeysWithoutAHostAndMoreFilesThanAreTried() {
    for (String url :
        List.of("http:///keys", "https:///keys", "http:keys", "http://id.example/k")) {
      assertThat(mistakes(Optional.empty(), Map.of(), Map.of("security.jwks_url", url)))
          .as(url)
          .contains(
              "command line: security.jwks_url must be a URL that begins with https://, or http://"
                  + " to this machine, or empty");
    }
    assertThat(
            mistakes(
                Optional.empty(),
                Map.of(),
                Map.of(
                    "security.jwt_public_keys", "1,2,3,4,5,6,7,8,9", "security.jwt_issuer", "x")))
        .containsExactly("command line: security.jwt_public_keys must name at most 8 files");
  }

  @Test
  void knowsTheVariablesThatAreNoKeys() {
    assertThat(
            ConfigLoader.load(
                Optional.empty(),
                Map.of(
                    "SIGNALBOX_HOME",
                    "/opt/signalbox",
                    "SIGNALBOX_JAVA_OPTS",
                    "-Xmx1g",
                    "SIGNALBOX_CA_FILE",
                    "/etc/ca.pem",
                    "SIGNALBOX_CLIENT_FILE",
                    "/etc/client.properties",
                    "SIGNALBOX_TOKEN_FILE",
                    "/run/token",
                    "SIGNALBOX_CDS",
                    "off"),
                Map.of()))
        .extracting(config -> config.plugins().dir())
        .isEqualTo(Path.of("/opt/signalbox/plugins"));
  }

  @Test
  void ignoresWhatKubernetesInjectsForAServiceOfOurName() {
    GatewayConfig config =
        ConfigLoader.load(
            Optional.empty(),
            Map.of(
                "SIGNALBOX_SERVICE_HOST",
                "10.0.0.7",
                "SIGNALBOX_SERVICE_PORT",
                "80",
                "SIGNALBOX_SERVICE_PORT_HTTP",
                "80",
                "SIGNALBOX_PORT",
                "tcp://10.0.0.7:80",
                "SIGNALBOX_PORT_80_TCP_ADDR",
                "10.0.0.7"),
            Map.of());
    assertThat(config.http().main().port()).isEqualTo(8080);
    assertThat(mistakes(Optional.empty(), Map.of("SIGNALBOX_PORTS", "1"), Map.of())).hasSize(1);
  }

  @Test
  void tellsWhatIsWrongWithTheFileItself() throws IOException {
    assertThat(mistakes(Optional.of(dir.resolve("none.yaml")), Map.of(), Map.of()).get(0))
        .endsWith("none.yaml: does not exist");
    assertThat(mistakes(Optional.of(write("a: [1\nb: 2\n")), Map.of(), Map.of()).get(0))
        .contains("must be YAML")
        .contains("line 2");
    assertThat(mistakes(Optional.of(write("- a\n- b\n")), Map.of(), Map.of()).get(0))
        .contains("must be a block of keys and values");
    assertThat(
            mistakes(Optional.of(write("http.port: 1\nhttp: {port: 2}\n")), Map.of(), Map.of())
                .get(0))
        .contains("http.port stands there twice");
    assertThat(
            mistakes(
                    Optional.of(write("x: !!java.net.URL [http://example.com]\n")),
                    Map.of(),
                    Map.of())
                .get(0))
        .contains("must be YAML");
  }

  @Test
  void readsSizesWithUnits() {
    assertThat(ByteSize.parse("64MiB")).contains(64L << 20);
    assertThat(ByteSize.parse("4096")).contains(4096L);
    assertThat(ByteSize.parse("1.5MiB")).isEmpty();
    assertThat(ByteSize.parse("MiB")).isEmpty();
    assertThat(ByteSize.parse("999999999999TiB")).isEmpty();
    assertThat(ByteSize.format(1L << 20)).isEqualTo("1MiB");
    assertThat(ByteSize.format(1500)).isEqualTo("1500");
  }

  @Test
  void twoServersDoNotShareAPort() {
    assertThat(ports("8080", "8080"))
        .containsExactly(
            "command line: http.admin_port must be another port than http.port, also on another"
                + " address",
            "command line: http.metrics_port must be another port than http.port, also on another"
                + " address",
            "command line: http.metrics_port must be another port than http.admin_port, also on"
                + " another address");
    assertThat(ports("9002", "9002")).hasSize(1);
    assertThat(
            ConfigLoader.load(
                    Optional.empty(),
                    Map.of(),
                    Map.of("http.port", "0", "http.admin_port", "0", "http.metrics_port", "0"))
                .http()
                .admin())
        .isPresent();
  }

  private static List<String> ports(String admin, String metrics) {
    return mistakes(
        Optional.empty(),
        Map.of(),
        Map.of(
            "http.admin_port",
            admin,
            "http.admin_host",
            "127.0.0.2",
            "http.metrics_port",
            metrics));
  }

  private GatewayConfig load(String yaml) throws IOException {
    return ConfigLoader.load(Optional.of(write(yaml)), Map.of(), Map.of());
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(dir.resolve("signalbox.yaml"), yaml);
  }

  private static List<String> mistakes(
      Optional<Path> file, Map<String, String> environment, Map<String, String> overrides) {
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class, () -> ConfigLoader.load(file, environment, overrides));
    return failure.mistakes().stream().map(ConfigMistake::toString).toList();
  }

  @Test
  void tenantsHaveTimesOfTheirOwn() {
    RetentionSettings read =
        ConfigLoader.load(
                Optional.empty(), Map.of(), Map.of("retention.tenants", "shop=7d, bank = 3650d"))
            .retention();
    assertThat(read.tenants())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("shop", Duration.ofDays(7), "bank", Duration.ofDays(3_650)));
    assertThat(read.shortest()).isEqualTo(Duration.ofDays(7));
    assertThat(read.longer()).isEqualTo(Duration.ofDays(3_620));
    for (String wrong : List.of("shop", "shop=", "=7d", "shop=1h", "shop=7d,shop=8d")) {
      assertThat(mistakes(Optional.empty(), Map.of(), Map.of("retention.tenants", wrong)))
          .as(wrong)
          .hasSize(1);
    }
  }
}
