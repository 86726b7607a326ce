package io.signalbox.provider.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnsConfigTest {
  private static final String CERTIFICATE = SnsSender.resource("signing_cert.pem");
  private static final String OTHER = SnsSender.resource("ca_cert.pem");

  @Test
  void isClosedByDefault() {
    SnsConfig config = read(new JsonObject());

    assertThat(config.topicArns()).isEmpty();
    assertThat(config.baseUrl()).isNull();
    assertThat(config.trustedCertificates()).isEmpty();
    assertThat(config.tolerance()).isEqualTo(SnsConfig.DEFAULT_TOLERANCE);
  }

  @Test
  void plainHttpNeedsCertificatesToTrust() {
    JsonObject plain = new JsonObject().put("sns_base_url", "http://127.0.0.1:8080/");

    refuses(plain, "sns_trusted_certificates");
    assertThat(read(plain.put("sns_trusted_certificates", CERTIFICATE)).baseUrl())
        .isEqualTo("http://127.0.0.1:8080");
    assertThat(read(new JsonObject().put("sns_base_url", "https://proxy.example.com")).baseUrl())
        .isEqualTo("https://proxy.example.com");
  }

  @Test
  void takesCertificatesInOneTextOrInSeveral() {
    assertThat(certificates(CERTIFICATE + OTHER)).isEqualTo(2);
    assertThat(certificates(new JsonArray().add(CERTIFICATE).add(OTHER))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "-----BEGIN CERTIFICATE-----"})
  void refusesCertificatesThatAreNone(String text) {
    refuses(new JsonObject().put("sns_trusted_certificates", text), "sns_trusted_certificates");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ses-events", "arn:aws:sqs:us-east-1:123456789012:q", "arn:aws:sns:us-east-1:*:*"})
  void refusesTopicsThatAreNone(String arn) {
    refuses(new JsonObject().put("topic_arns", arn), "topic_arns");
  }

  private static int certificates(Object value) {
    return read(new JsonObject().put("sns_trusted_certificates", value))
        .trustedCertificates()
        .size();
  }

  private static SnsConfig read(JsonObject values) {
    ConfigReader reader = new ConfigReader(values, "config.");
    SnsConfig config = SnsConfig.read(reader);
    reader.finish();
    return config;
  }

  private static void refuses(JsonObject values, String key) {
    assertThatThrownBy(() -> read(values))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("config." + key);
  }
}
