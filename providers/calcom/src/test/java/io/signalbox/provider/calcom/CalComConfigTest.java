package io.signalbox.provider.calcom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalComConfigTest {
  @Test
  void readsLeastConfiguration() {
    CalComConfig config = read(least());

    assertThat(config.apiKey()).isEqualTo(new Secret("k"));
    assertThat(config.bookingsUrl()).isEqualTo("https://api.cal.com/v2/bookings");
    assertThat(config.webhookSecrets()).isEmpty();
    assertThat(config.eventTypes().fields("7")).contains(new JsonObject().put("eventTypeId", 7L));
    assertThat(config.eventTypes().fields("60min")).isEmpty();
    assertThat(config.eventTypes().fields("")).isEmpty();
  }

  @Test
  void namesEventTypesInEveryDocumentedWay() {
    JsonObject named = new JsonObject().put("consultation", 12).put("7", "13");
    CalComConfig user =
        read(
            least()
                .put("event_types", named)
                .put("username", "pro")
                .put("organization_slug", "acme"));
    CalComConfig team = read(least().put("team_slug", "sales"));

    assertThat(user.eventTypes().fields("consultation"))
        .contains(new JsonObject().put("eventTypeId", 12L));
    assertThat(user.eventTypes().fields("7")).contains(new JsonObject().put("eventTypeId", 13L));
    assertThat(user.eventTypes().fields("60min"))
        .contains(
            new JsonObject()
                .put("eventTypeSlug", "60min")
                .put("username", "pro")
                .put("organizationSlug", "acme"));
    assertThat(team.eventTypes().fields("60min"))
        .contains(new JsonObject().put("eventTypeSlug", "60min").put("teamSlug", "sales"));
    assertThat(team.eventTypes().fields("no slug")).isEmpty();
  }

  @Test
  void tellsEveryMistake() {
    JsonObject bad =
        least()
            .put("username", "pro")
            .put("team_slug", "sales")
            .put("event_types", new JsonObject().put("a", "seven"));

    assertThat(problems(bad)).containsExactlyInAnyOrder("config.event_types.a", "config.team_slug");
    assertThat(problems(least().put("organization_slug", "acme")))
        .containsExactly("config.organization_slug");
  }

  private static List<String> problems(JsonObject config) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(config));
    assertThat(refused).isNotNull();
    return refused.problems().stream().map(ConfigProblem::key).toList();
  }

  private static JsonObject least() {
    return new JsonObject().put("api_key", "k");
  }

  private static CalComConfig read(JsonObject config) {
    return CalComConfig.read(new ConfigReader(config, "config."));
  }
}
