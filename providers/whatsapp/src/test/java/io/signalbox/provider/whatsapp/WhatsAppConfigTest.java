package io.signalbox.provider.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WhatsAppConfigTest {
  @Test
  void readsLeastConfiguration() {
    WhatsAppConfig config = read(least());

    assertThat(config.messagesUrl()).isEqualTo("https://graph.facebook.com/v23.0/1065/messages");
    assertThat(config.appSecrets()).isEmpty();
    assertThat(config.verifyTokens()).isEmpty();
    assertThat(config.previewUrl()).isFalse();
    assertThat(config.marketingStopUnsubscribes()).isTrue();
    assertThat(config.templates().first("any")).isNull();
    assertThat(config.templates().afterClosedWindow("any")).isNull();
  }

  @Test
  void readsEveryKey() {
    JsonObject otp =
        new JsonObject()
            .put("name", "otp_code")
            .put("language", "de")
            .put("parameters", new JsonArray().add("message").add("tags.minutes"))
            .put("always", true);
    WhatsAppConfig config =
        read(
            least()
                .put("api_version", "v24.1")
                .put("base_url", "http://127.0.0.1:8080/")
                .put("preview_url", true)
                .put("app_secret", new JsonArray().add("one").add("two"))
                .put("verify_token", "hock")
                .put("on_marketing_stop", "note")
                .put("templates", new JsonObject().put("otp", otp))
                .put("default_template", new JsonObject().put("name", "generic"))
                .put("on_closed_window", "template"));

    assertThat(config.messagesUrl()).isEqualTo("http://127.0.0.1:8080/v24.1/1065/messages");
    assertThat(config.appSecrets()).containsExactly(new Secret("one"), new Secret("two"));
    assertThat(config.verifyTokens()).containsExactly(new Secret("hock"));
    assertThat(config.previewUrl()).isTrue();
    assertThat(config.marketingStopUnsubscribes()).isFalse();
    WhatsAppTemplate first = Objects.requireNonNull(config.templates().first("otp"));
    assertThat(first.language()).isEqualTo("de");
    assertThat(first.parameters())
        .containsExactly(
            new WhatsAppTemplate.Parameter("message"),
            new WhatsAppTemplate.Parameter("tags.minutes"));
    assertThat(config.templates().first("other")).isNull();
    assertThat(config.templates().afterClosedWindow("other"))
        .isEqualTo(new WhatsAppTemplate("generic", "en_US", List.of(), false));
    assertThat(config.toString()).doesNotContain("hock", "one,", "=t,");
  }

  @Test
  void tellsAllMistakesAtOnce() {
    JsonObject bad =
        new JsonObject()
            .put("phone_number_id", "+15550783881")
            .put("api_version", "23")
            .put("on_closed_window", "resend")
            .put("default_template", "generic")
            .put(
                "templates",
                new JsonObject()
                    .put("otp", new JsonObject().put("name", "Otp Code").put("params", "x"))
                    .put(
                        "paid",
                        new JsonObject()
                            .put("name", "paid")
                            .put("language", "English")
                            .put("parameters", new JsonArray().add("body"))));

    ConfigException failure = catchThrowableOfType(ConfigException.class, () -> read(bad));

    assertThat(failure.problems())
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder(
            "config.phone_number_id",
            "config.api_version",
            "config.access_token",
            "config.on_closed_window",
            "config.default_template",
            "config.default_template.name",
            "config.templates.otp.name",
            "config.templates.otp.params",
            "config.templates.paid.language",
            "config.templates.paid.parameters");
  }

  @Test
  void refusesTemplatesOnClosedWindowWithoutAny() {
    ConfigException failure =
        catchThrowableOfType(
            ConfigException.class, () -> read(least().put("on_closed_window", "template")));

    assertThat(failure)
        .hasMessageContaining("config.on_closed_window")
        .hasMessageContaining("default_template");
  }

  private static JsonObject least() {
    return new JsonObject().put("phone_number_id", "1065").put("access_token", "t");
  }

  private static WhatsAppConfig read(JsonObject json) {
    return WhatsAppConfig.read(new ConfigReader(json, "config."));
  }
}
