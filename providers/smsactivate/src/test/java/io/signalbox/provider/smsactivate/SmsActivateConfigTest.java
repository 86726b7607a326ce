package io.signalbox.provider.smsactivate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmsActivateConfigTest {
  @Test
  void readsLeastConfiguration() {
    SmsActivateConfig config = read(least());

    assertThat(config.url()).isEqualTo("https://sms.example.com/stubs/handler_api.php");
    assertThat(config.method()).isEqualTo(HttpMethod.GET);
    assertThat(config.rentAction()).isEqualTo("getNumberV2");
    assertThat(config.freePrice()).isFalse();
    assertThat(config.sendsOrderId()).isFalse();
    assertThat(config.cancelStatus()).isEqualTo("8");
    assertThat(config.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(config.lifetime()).isEqualTo(Duration.ofMinutes(20));
    assertThat(config.webhookSecrets()).isEmpty();
    assertThat(config.toString()).doesNotContain("the-key");
  }

  @Test
  void knowsTheDocumentedCountriesAndThoseThatAreConfigured() {
    Places places = read(least().put("countries", countries("de", 43, "us", "12"))).places();

    assertThat(places.country("gb")).contains("16");
    assertThat(places.country("de")).contains("43");
    assertThat(places.country("us")).contains("12");
    assertThat(places.country("fr")).isEmpty();
    assertThat(places.countriesOf("43")).containsExactly("de");
    assertThat(places.countriesOf("187")).isEmpty();
  }

  @Test
  void takesWordsOfServicesAsTheyAreUnlessTheyAreConfigured() {
    Places places =
        read(least().put("services", new JsonObject().put("whatsapp", "wa").put("x", "tg")))
            .places();

    assertThat(places.service("whatsapp")).contains("wa");
    assertThat(places.service("wa")).contains("wa");
    assertThat(places.service("vk")).contains("vk");
    assertThat(places.service("v k&")).isEmpty();
    assertThat(places.wordsOf("wa")).containsExactly("wa", "whatsapp");
    assertThat(places.knownServices()).contains("wa", "tg", "ot");
  }

  @Test
  void tellsEveryMistake() {
    JsonObject bad =
        least()
            .put("path", "no slash")
            .put("currency", "dollars")
            .put("http_method", "PUT")
            .put("rent_action", "getNumberV3")
            .put("cancel_status", "9")
            .put("time_zone", "Moon/Crater")
            .put("lifetime", "1s")
            .put("countries", countries("germany", 43, "fr", "x"))
            .put("services", new JsonObject().put("wa", "w a"));

    assertThat(problems(bad))
        .containsExactlyInAnyOrder(
            "config.path",
            "config.currency",
            "config.http_method",
            "config.rent_action",
            "config.cancel_status",
            "config.time_zone",
            "config.lifetime",
            "config.countries.germany",
            "config.countries.fr",
            "config.services.wa");
  }

  private static JsonObject countries(String one, Object number, String other, Object otherNumber) {
    return new JsonObject().put(one, number).put(other, otherNumber);
  }

  private static List<String> problems(JsonObject config) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(config));
    assertThat(refused).isNotNull();
    return refused.problems().stream().map(ConfigProblem::key).toList();
  }

  private static JsonObject least() {
    return new JsonObject()
        .put("api_key", "the-key")
        .put("base_url", "https://sms.example.com/")
        .put("currency", "USD");
  }

  private static SmsActivateConfig read(JsonObject config) {
    return SmsActivateConfig.read(new ConfigReader(config, "config."));
  }
}
