package io.signalbox.provider.fivesim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class FiveSimConfigTest {

  private static JsonObject good() {
    return new JsonObject().put("token", "t").put("currency", "USD");
  }

  private static FiveSimConfig read(JsonObject json) {
    return FiveSimConfig.read(new ConfigReader(json, "config."));
  }

  @Test
  void asksAnyOperatorOf5simItself() {
    FiveSimConfig config = read(good());

    assertThat(config.baseUrl()).isEqualTo("https://5sim.net/v1");
    assertThat(config.operator()).isEqualTo("any");
    assertThat(config.toString()).doesNotContain("token=t,");
  }

  @Test
  void knowsTheUsualNamesAndThoseOfTheFile() {
    JsonObject json =
        good()
            .put("countries", new JsonObject().put("de", "germany").put("us", "usavirtual"))
            .put("services", new JsonObject().put("ds", "discord").put("fbk", "facebook"));

    Names names = read(json).names();

    assertThat(names.country("gb")).contains("england");
    assertThat(names.country("de")).contains("germany");
    assertThat(names.country("us")).contains("usavirtual");
    assertThat(names.country("fr")).isEmpty();
    assertThat(names.countries()).containsExactly("de", "gb", "id", "kz", "ru", "ua", "us");
    assertThat(names.service("wa")).contains("whatsapp");
    assertThat(names.service("ds")).contains("discord");
    assertThat(names.service("uber")).contains("uber");
    assertThat(names.service("no/path")).isEmpty();
    assertThat(names.words("facebook")).containsExactly("fb", "fbk", "facebook");
    assertThat(names.words("uber")).containsExactly("uber");
  }

  @Test
  void namesEveryMistake() {
    JsonObject bad =
        new JsonObject()
            .put("operator", "Any One")
            .put("currency", "dollars")
            .put("countries", new JsonObject().put("USA", "usa").put("de", "Ger many"))
            .put("services", new JsonObject().put("d/s", "discord").put("x", "a?b"));

    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(bad));

    assertThat(refused.problems())
        .extracting(ConfigProblem::key)
        .containsExactlyInAnyOrder(
            "config.token",
            "config.operator",
            "config.currency",
            "config.countries.USA",
            "config.countries.de",
            "config.services.d/s",
            "config.services.x");
  }
}
