package io.signalbox.gateway.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.notification.FieldProblem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookingRulesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static JsonObject body() {
    return new JsonObject()
        .put("event_type", "7")
        .put("start", "2026-01-05T10:30:00+01:00")
        .put(
            "attendee",
            new JsonObject()
                .put("name", "Jane Roe")
                .put("email", "Jane@Example.org")
                .put("time_zone", "Europe/London"));
  }

  private static String pointers(JsonObject body) {
    return BookingRules.check(body, NOW).stream()
        .map(FieldProblem::pointer)
        .collect(Collectors.joining(" "));
  }

  @Test
  void aGoodBodyIsReadAndWrittenAgain() {
    JsonObject body =
        body().put("duration_minutes", 30).put("metadata", new JsonObject().put("order", "1"));
    assertThat(pointers(body)).isEmpty();

    BookingWish wish = BookingWish.of(body);

    assertThat(wish.start()).isEqualTo(Instant.parse("2026-01-05T09:30:00Z"));
    assertThat(wish.duration()).isEqualTo(Duration.ofMinutes(30));
    assertThat(wish.persons()).containsExactly("jane@example.org");
    assertThat(BookingWish.of(wish.toJson())).isEqualTo(wish);
    assertThat(wish.toString()).doesNotContain("Jane");
  }

  @ParameterizedTest
  @CsvSource({
    "start, 2025-12-31T23:59:59Z, /start",
    "start, 2026-01-01T00:00:00Z, /start",
    "start, 2026-01-05T25:00:00Z, /start",
    "queue_for_seconds, 60, /queue_for_seconds",
  })
  void mistakesAreNamed(String field, String value, String pointer) {
    JsonObject body = body().put(field, field.startsWith("queue") ? (Object) 60 : value);
    assertThat(pointers(body)).isEqualTo(pointer);
  }

  @Test
  void anAttendeeCanBeReachedAndHasATimeZone() {
    JsonObject body = body();
    body.getJsonObject("attendee").put("time_zone", "Europe/Atlantis").remove("email");
    assertThat(pointers(body)).isEqualTo("/attendee /attendee/time_zone");
  }

  @ParameterizedTest
  @CsvSource({
    // queues, wanted seconds (0: does not say), patience in seconds
    "false, 0, 0",
    "true, 0, 86400",
    "true, 60, 60",
    "true, 604801, 379800",
  })
  void itWaitsAsLongAsItMayAndNeverPastItsBegin(boolean queues, int wanted, long seconds) {
    JsonObject body = body().put("queue_if_unavailable", queues);
    if (wanted != 0) {
      body.put("queue_for_seconds", wanted);
    }
    assertThat(pointers(body)).isEmpty();
    assertThat(
            BookingRules.patience(body, NOW, Duration.ofHours(24), Duration.ofDays(30)).toSeconds())
        .isEqualTo(seconds);
    assertThat(
            BookingRules.patience(body, NOW, Duration.ofHours(24), Duration.ofSeconds(30))
                .toSeconds())
        .isEqualTo(Math.min(seconds, 30));
  }
}
