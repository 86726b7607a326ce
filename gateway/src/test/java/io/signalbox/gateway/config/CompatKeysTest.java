package io.signalbox.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.Dialects;
import io.signalbox.gateway.config.CompatSettings.Port;
import io.signalbox.gateway.config.HttpSettings.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatKeysTest {
  @TempDir private Path dir;

  private static CompatSettings read(Map<String, String> keys) {
    return ConfigLoader.load(Optional.empty(), Map.of(), keys).compat();
  }

  @Test
  void allDialectsAreSpokenUnlessToldOtherwise() {
    CompatSettings compat = read(Map.of());
    assertThat(compat.dialects()).containsExactlyInAnyOrderElementsOf(CompatKeys.NAMES);
    assertThat(compat.hosts()).isEmpty();
    assertThat(compat.ports()).isEmpty();
    assertThat(compat.transparent()).isEmpty();
    assertThat(compat.refusesUnknownSenders()).isFalse();
    assertThat(read(Map.of("compat.unknown_senders", "refuse")).refusesUnknownSenders()).isTrue();
    assertThat(read(Map.of("compat.dialects", "")).dialects()).isEmpty();
    assertThat(read(Map.of("compat.dialects", "twilio, resend")).dialects())
        .containsExactlyInAnyOrder("twilio", "resend");
  }

  @Test
  void theConfigurationKnowsEachDialectThatThereIs() {
    assertThat(CompatKeys.NAMES).isSorted();
    assertThat(Dialects.all()).extracting(Dialect::name).isSubsetOf(CompatKeys.NAMES);
  }

  @Test
  void hostsAndPortsAreABlockInTheFileAndPairsElsewhere() throws IOException {
    Path file = dir.resolve("signalbox.yaml");
    Files.writeString(
        file,
        """
        http: {host: 10.0.0.1}
        compat:
          hosts:
            Mail.example.com: sendgrid
            sms.example.com: twilio
          ports: {8091: twilio, 8092: vonage}
          transparent_port: 443
          transparent_host: 0.0.0.0
          transparent_cert_file: server.pem
          transparent_key_file: server.key
        """);
    CompatSettings compat = ConfigLoader.load(Optional.of(file), Map.of(), Map.of()).compat();
    assertThat(compat.hosts())
        .isEqualTo(Map.of("mail.example.com", "sendgrid", "sms.example.com", "twilio"));
    assertThat(compat.ports())
        .containsExactlyInAnyOrder(
            new Port(new Place("10.0.0.1", 8091), "twilio"),
            new Port(new Place("10.0.0.1", 8092), "vonage"));
    CompatSettings.Transparent transparent = compat.transparent().orElseThrow();
    assertThat(transparent.place()).isEqualTo(new Place("0.0.0.0", 443));
    assertThat(transparent.tls().certificate()).isEqualTo(Path.of("server.pem"));
    Map<String, String> variable =
        Map.of("SIGNALBOX_COMPAT_HOSTS", "mail.example.com=sendgrid, sms.example.com = twilio");
    assertThat(ConfigLoader.load(Optional.empty(), variable, Map.of()).compat().hosts())
        .isEqualTo(compat.hosts());
  }

  @ParameterizedTest
  @CsvSource({
    "dialects, sendgrind, 'must be a list of mailgun, postmark, resend'",
    "hosts, mail.example.com, 'must be host names with a dialect each, such as {mail'",
    "hosts, mail.example.com=acme, 'must be host names with a dialect each'",
    "hosts, 'a.example=twilio,a.example=vonage', 'must be host names with a dialect each'",
    "hosts, -a.example=twilio, 'must be host names with a dialect each'",
    "hosts, http://a.example=twilio, 'must be host names with a dialect each'",
    "hosts, a.example=postmark, 'must have dialects of compat.dialects, not postmark'",
    "ports, 8091=postmark, 'must have dialects of compat.dialects, not postmark'",
    "ports, 70000=twilio, 'must be ports with a dialect each, such as {8091: twilio}'",
    "ports, 8080=twilio, must be another port than http.port",
    "ports, 8081=twilio, must be another port than http.admin_port",
    "ports_host, localhost, needs compat.ports",
    "transparent_port, 443, 'needs compat.transparent_cert_file; signalbox compat ca makes'",
    "transparent_port, 8080, must be another port than http.port",
    "transparent_host, localhost, needs compat.transparent_port",
    "transparent_key_file, a, needs compat.transparent_port"
  })
  void whatCannotBeIsToldWithTheKeyAndWhatWouldBeRight(String key, String value, String expected) {
    Map<String, String> keys =
        new HashMap<>(
            Map.of(
                "compat.dialects", "mailgun, twilio, vonage, sendgrid", "http.admin_port", "8081"));
    keys.put("compat." + key, value);
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> read(keys));
    assertThat(refused.mistakes())
        .as("%s=%s", key, value)
        .anySatisfy(
            mistake -> {
              assertThat(mistake.key()).isEqualTo("compat." + key);
              assertThat(mistake.expected()).contains(expected);
            });
  }

  @Test
  void aPortIsForOneThing() {
    Map<String, String> keys =
        Map.of(
            "compat.ports", "443=twilio",
            "compat.transparent_port", "443",
            "compat.transparent_cert_file", "a",
            "compat.transparent_key_file", "b");
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> read(keys));
    assertThat(refused.mistakes())
        .containsExactly(
            new ConfigMistake(
                "command line", "compat.transparent_port", "must not stand in compat.ports"));
  }
}
