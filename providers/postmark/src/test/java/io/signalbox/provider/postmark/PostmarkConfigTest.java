package io.signalbox.provider.postmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class PostmarkConfigTest {
  @Test
  void readsLeastConfiguration() {
    PostmarkConfig config = read(least());

    assertThat(config.serverToken()).isEqualTo(new Secret("t"));
    assertThat(config.baseUrl()).isEqualTo("https://api.postmarkapp.com");
    assertThat(config.messageStream()).isEqualTo("outbound");
    assertThat(config.webhookCredentials()).isEmpty();
    assertThat(config.webhookHeader()).isNull();
    assertThat(config.webhookHeaderValues()).isEmpty();
  }

  @Test
  void readsEveryKey() {
    PostmarkConfig config =
        read(
            least()
                .put("message_stream", "broadcast")
                .put("base_url", "http://127.0.0.1:8080/")
                .put("webhook_credentials", new JsonArray().add("u:one").add("u:two"))
                .put("webhook_header", "X-Hook")
                .put("webhook_header_value", "hush"));

    assertThat(config.messageStream()).isEqualTo("broadcast");
    assertThat(config.baseUrl()).isEqualTo("http://127.0.0.1:8080");
    assertThat(config.webhookCredentials())
        .containsExactly(new Secret("u:one"), new Secret("u:two"));
    assertThat(config.webhookHeader()).isEqualTo("X-Hook");
    assertThat(config.webhookHeaderValues()).containsExactly(new Secret("hush"));
    assertThat(config.toString()).doesNotContain("one", "two", "hush", "=t,");
  }

  @Test
  void tellsAllMistakesAtOnce() {
    JsonObject json =
        new JsonObject()
            .put("from", "nobody")
            .put("base_url", "ftp://x")
            .put("webhook_credentials", "password-alone")
            .put("webhook_header", "no header")
            .put("surplus", 1);

    ConfigException failure = catchThrowableOfType(ConfigException.class, () -> read(json));

    assertThat(failure.problems())
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder(
            "config.server_token",
            "config.from",
            "config.base_url",
            "config.webhook_credentials",
            "config.webhook_header",
            "config.webhook_header_value",
            "config.surplus");
  }

  @Test
  void valueOfAHeaderNeedsItsName() {
    ConfigException failure =
        catchThrowableOfType(
            ConfigException.class, () -> read(least().put("webhook_header_value", "hush")));

    assertThat(failure.problems())
        .extracting(ConfigProblem::key)
        .containsExactly("config.webhook_header");
  }

  private static JsonObject least() {
    return new JsonObject().put("server_token", "t").put("from", "orders@example.com");
  }

  private static PostmarkConfig read(JsonObject json) {
    return PostmarkConfig.read(new ConfigReader(json, "config."));
  }
}
