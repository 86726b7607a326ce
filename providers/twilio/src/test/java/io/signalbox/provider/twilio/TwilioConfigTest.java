package io.signalbox.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class TwilioConfigTest {
  @Test
  void readsLeastConfiguration() {
    TwilioConfig config =
        read(
            new JsonObject().put("account_sid", "AC1").put("auth_token", "t").put("from", "+1500"));
    assertThat(config.messagesUrl())
        .isEqualTo("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json");
    assertThat(config.user()).isEqualTo("AC1");
    assertThat(config.password()).isEqualTo(new Secret("t"));
    assertThat(config.webhookTokens()).containsExactly(new Secret("t"));
    assertThat(config.sender()).isEqualTo(new TwilioConfig.Sender("From", "+1500"));
  }

  @Test
  void readsEveryKey() {
    TwilioConfig config =
        read(
            new JsonObject()
                .put("account_sid", "AC1")
                .put("auth_token", "t")
                .put("api_key_sid", "SK1")
                .put("api_key_secret", "s")
                .put("webhook_auth_tokens", new JsonArray().add("older"))
                .put("base_url", "http://127.0.0.1:8080/")
                .put("messaging_service_sid", "MG1"));
    assertThat(config.messagesUrl())
        .isEqualTo("http://127.0.0.1:8080/2010-04-01/Accounts/AC1/Messages.json");
    assertThat(config.user()).isEqualTo("SK1");
    assertThat(config.password()).isEqualTo(new Secret("s"));
    assertThat(config.webhookTokens()).containsExactly(new Secret("t"), new Secret("older"));
    assertThat(config.sender()).isEqualTo(new TwilioConfig.Sender("MessagingServiceSid", "MG1"));
    assertThat(config.toString()).doesNotContain("older", "=s,", "=t,");
  }

  @Test
  void tellsAllMistakesAtOnce() {
    JsonObject json =
        new JsonObject()
            .put("account_sid", "AC1/../x")
            .put("api_key_sid", "SK1")
            .put("base_url", "ftp://x")
            .put("surplus", 1);
    ConfigException failure = catchThrowableOfType(ConfigException.class, () -> read(json));
    assertThat(failure.problems())
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder(
            "config.account_sid",
            "config.auth_token",
            "config.api_key_secret",
            "config.base_url",
            "config.from",
            "config.surplus");
  }

  private static TwilioConfig read(JsonObject json) {
    return TwilioConfig.read(new ConfigReader(json, "config."));
  }
}
