package io.signalbox.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VonageConfigTest {
  @Test
  void smsApiIsTheDefault() {
    VonageConfig config = read(basic());
    assertThat(config.api()).isEqualTo(VonageConfig.Api.SMS);
    assertThat(config.baseUrl()).isEqualTo("https://rest.nexmo.com");
    assertThat(config.reportsUrl()).isEqualTo("https://api.nexmo.com");
    assertThat(config.application()).isNull();
  }

  @Test
  void messagesApiHasItsOwnHost() {
    VonageConfig config = read(basic().put("api", "messages"));
    assertThat(config.baseUrl()).isEqualTo("https://api.nexmo.com");
    assertThat(config.reportsUrl()).isEqualTo("https://api.nexmo.com");
  }

  @Test
  void anotherHostIsAskedForReportsTooUnlessReportsHaveTheirs() {
    JsonObject elsewhere = basic().put("base_url", "http://127.0.0.1:8094/");
    assertThat(read(elsewhere).reportsUrl()).isEqualTo("http://127.0.0.1:8094");
    assertThat(read(elsewhere.put("reports_url", "https://reports.example.com")).reportsUrl())
        .isEqualTo("https://reports.example.com");
  }

  @Test
  void keyMayHaveItsLineBreaksWrittenOut() {
    for (String pem : List.of(TestApplication.pem(), TestApplication.pem().replace("\n", "\\n"))) {
      VonageConfig.Application application =
          read(basic()
                  .put("api", "messages")
                  .put("application_id", TestApplication.ID)
                  .put("private_key", pem.strip()))
              .application();
      assertThat(application).isNotNull();
      assertThat(application.toString()).doesNotContain(pem.substring(40, 60));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----"
      })
  void whatIsNoKeyIsRefused(String pem) {
    assertProblems(
        basic().put("api", "messages").put("application_id", "x").put("private_key", pem),
        "config.private_key");
  }

  @Test
  void shortKeyIsRefused() {
    String pem = TestApplication.pem(TestApplication.rsa(1024));
    assertProblems(
        basic().put("api", "messages").put("application_id", "x").put("private_key", pem),
        "config.private_key");
  }

  @Test
  void halfAnApplicationIsRefused() {
    assertProblems(basic().put("api", "messages").put("application_id", "x"), "config.private_key");
    assertProblems(
        basic().put("api", "messages").put("private_key", TestApplication.pem()),
        "config.application_id");
  }

  @Test
  void applicationIsNoUseWithTheSmsApi() {
    assertProblems(
        basic().put("application_id", "x").put("private_key", TestApplication.pem()),
        "config.application_id");
    assertProblems(basic().put("api", "pigeon"), "config.api");
  }

  private static void assertProblems(JsonObject config, String... keys) {
    assertThatThrownBy(() -> read(config))
        .isInstanceOfSatisfying(
            ConfigException.class,
            refused ->
                assertThat(refused.problems())
                    .extracting(ConfigProblem::key)
                    .containsExactlyInAnyOrder(keys));
  }

  private static JsonObject basic() {
    return new JsonObject().put("api_key", "abcd1234").put("api_secret", "s").put("from", "Acme");
  }

  private static VonageConfig read(JsonObject config) {
    return VonageConfig.read(new ConfigReader(config, "config."));
  }
}
