package io.signalbox.provider.mailgun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MailgunConfigTest {
  @Test
  void readsLeastConfiguration() {
    MailgunConfig config = read(least());

    assertThat(config.messagesUrl())
        .isEqualTo("https://api.mailgun.net/v3/mg.example.com/messages");
    assertThat(config.eventsUrl()).isEqualTo("https://api.mailgun.net/v3/mg.example.com/events");
    assertThat(config.eventsApiKey()).isEqualTo(new Secret("k"));
    assertThat(config.webhookSigningKeys()).isEmpty();
    assertThat(config.webhookTolerance()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void readsEveryKey() {
    MailgunConfig config =
        read(
            least()
                .put("events_api_key", "events")
                .put("region", "eu")
                .put("webhook_signing_key", new JsonArray().add("new").add("old"))
                .put("webhook_tolerance", "15s"));

    assertThat(config.messagesUrl())
        .isEqualTo("https://api.eu.mailgun.net/v3/mg.example.com/messages");
    assertThat(config.eventsApiKey()).isEqualTo(new Secret("events"));
    assertThat(config.webhookSigningKeys()).containsExactly(new Secret("new"), new Secret("old"));
    assertThat(config.webhookTolerance()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.toString()).doesNotContain("=k", "=events", "new", "old");
  }

  @Test
  void baseUrlOverridesTheRegion() {
    assertThat(
            read(least().put("region", "eu").put("base_url", "http://127.0.0.1:8080/")).baseUrl())
        .isEqualTo("http://127.0.0.1:8080");
  }

  @Test
  void tellsAllMistakesAtOnce() {
    JsonObject json =
        new JsonObject()
            .put("domain", "mg.example.com/../x")
            .put("from", "nobody")
            .put("region", "moon")
            .put("base_url", "ftp://x")
            .put("webhook_signing_key", 7)
            .put("webhook_tolerance", "8d")
            .put("surplus", 1);

    ConfigException failure = catchThrowableOfType(ConfigException.class, () -> read(json));

    assertThat(failure.problems())
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder(
            "config.api_key",
            "config.domain",
            "config.from",
            "config.region",
            "config.base_url",
            "config.webhook_signing_key",
            "config.webhook_tolerance",
            "config.surplus");
  }

  @Test
  void refusesLineBreaksInTheSender() {
    ConfigException failure =
        catchThrowableOfType(
            ConfigException.class, () -> read(least().put("from", "a@b.example\r\nBcc: c@d")));

    assertThat(failure.problems()).extracting(ConfigProblem::key).containsExactly("config.from");
  }

  private static JsonObject least() {
    return new JsonObject()
        .put("api_key", "k")
        .put("domain", "mg.example.com")
        .put("from", "orders@mg.example.com");
  }

  private static MailgunConfig read(JsonObject json) {
    return MailgunConfig.read(new ConfigReader(json, "config."));
  }
}
