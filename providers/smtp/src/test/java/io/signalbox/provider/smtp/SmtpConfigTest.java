package io.signalbox.provider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpConfigTest {
  private static JsonObject good() {
    return new JsonObject().put("host", "mail.example.com").put("from", "orders@example.com");
  }

  private static SmtpConfig read(JsonObject config) {
    return SmtpConfig.read(new ConfigReader(config, "config."));
  }

  private static String refusedKey(JsonObject config) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(config));
    assertThat(refused).as("refused").isNotNull();
    assertThat(refused.problems()).hasSize(1);
    ConfigProblem problem = refused.problems().get(0);
    return problem.key();
  }

  @Test
  void isProtectedUnlessAskedOtherwise() {
    SmtpConfig config = read(good());

    assertThat(config.security()).isEqualTo(SmtpSecurity.STARTTLS);
    assertThat(config.envelopeFrom()).isEqualTo("orders@example.com");
    assertThat(config.login()).isNull();
    assertThat(config.authMethods()).containsExactly("PLAIN", "LOGIN");
  }

  @ParameterizedTest
  @CsvSource({"starttls, 587", "tls, 465", "none, 25"})
  void takesTheUsualPort(String security, int port) {
    assertThat(read(good().put("security", security)).port()).isEqualTo(port);
    assertThat(read(good().put("security", security).put("port", 2525)).port()).isEqualTo(2525);
  }

  @ParameterizedTest
  @CsvSource({
    "security, ssl",
    "port, 0",
    "host, mail example.com",
    "from, Orders <orders@example.com>",
    "envelope_from, nobody",
    "ehlo_name, a b",
    "auth_methods, PIGEON",
    "ca_file, /does/not/exist.pem",
    "max_connections, 0",
    "mails_per_connection, 0",
    "keep_alive, 0s",
    "silence, 1h",
    "max_content_bytes, 10"
  })
  void refusesWhatCannotWork(String key, String value) {
    assertThat(refusedKey(good().put(key, value))).isEqualTo("config." + key);
  }

  @Test
  void wantsBothPartsOfALogin() {
    assertThat(refusedKey(good().put("username", "a"))).isEqualTo("config.password");
    assertThat(refusedKey(good().put("password", "b"))).isEqualTo("config.username");
  }

  @Test
  void takesOneOrSeveralAuthMethods() {
    assertThat(read(good().put("auth_methods", "XOAUTH2")).authMethods())
        .containsExactly("XOAUTH2");
    JsonArray two = new JsonArray().add("PLAIN").add("CRAM-MD5");
    assertThat(read(good().put("auth_methods", two)).authMethods())
        .containsExactly("PLAIN", "CRAM-MD5");
  }

  @Test
  void showsNoSecret() {
    JsonObject config = good().put("username", "a").put("password", "very-secret");

    assertThat(read(config).toString()).doesNotContain("very-secret");
  }
}
