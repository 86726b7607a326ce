package io.signalbox.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.gateway.config.HttpSettings.ClientAuth;
import io.signalbox.gateway.config.HttpSettings.Place;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpKeysTest {
  private static HttpSettings read(Map<String, String> keys) {
    return ConfigLoader.load(Optional.empty(), Map.of(), keys).http();
  }

  @Test
  void portsOfTheirOwnTakeTheirHostFromTheMainOne() {
    HttpSettings http =
        read(
            Map.of(
                "http.host", "10.0.0.1",
                "http.admin_port", "8081",
                "http.metrics_port", "9003",
                "http.metrics_host", "::1"));
    assertThat(http.administration()).isEqualTo(new Place("10.0.0.1", 8081));
    assertThat(http.metrics()).contains(new Place("::1", 9003));
    assertThat(http.metrics().orElseThrow().url(true, 9003)).isEqualTo("https://[::1]:9003");
    assertThat(read(Map.of()).administration()).isEqualTo(new Place("127.0.0.1", 8080));
    assertThat(new Place("0.0.0.0", 0).url(false, 80)).isEqualTo("http://127.0.0.1:80");
  }

  @Test
  void certificatesOfClientsNeedThoseOfTheServer() {
    HttpSettings.Tls tls =
        read(Map.of(
                "http.tls_cert_file", "a",
                "http.tls_key_file", "b",
                "http.tls_client_auth", "required",
                "http.tls_client_ca_file", "c"))
            .tls()
            .orElseThrow();
    assertThat(tls.clientAuth()).isEqualTo(ClientAuth.REQUIRED);
  }

  @ParameterizedTest
  @CsvSource({
    "tls_cert_file, a, needs http.tls_key_file",
    "tls_key_file, a, needs http.tls_cert_file",
    "tls_client_auth, request, needs http.tls_cert_file",
    "tls_client_ca_file, a, http.tls_client_auth is not none",
    "tls_client_auth, always, 'must be one of none, request, required'",
    "admin_host, a, needs http.admin_port",
    "metrics_host, a, needs http.metrics_port",
    "trusted_proxies, 10.0.0.1, must be a list of networks in CIDR form",
    "forwarded_header, via, 'must be one of x-forwarded-for, forwarded'",
    "max_connections, 9, must be a whole number from 10"
  })
  void whatDoesNotFitIsAMistake(String key, String value, String expected) {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> read(Map.of("http." + key, value)));
    assertThat(refused.mistakes().toString()).contains(expected);
  }
}
