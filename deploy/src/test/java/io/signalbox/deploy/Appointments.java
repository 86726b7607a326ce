package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Bookings of a gateway at the simulator's Cal.com, which keeps the calendar. */
final class Appointments {
  static final String PATH = "/api/v1/bookings";
  static final String PROVIDER = "calcom";

  /** The versions header of Cal.com's bookings, by which others use the calendar too. */
  private static final Map<String, String> CALENDAR_HEADERS =
      Map.of("Content-Type", "application/json", "cal-api-version", "2024-08-13");

  private final SimulatorProcess simulator;
  private final Instant first =
      Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(30));
  private final AtomicInteger made = new AtomicInteger();

  Appointments(SimulatorProcess simulator) {
    this.simulator = simulator;
  }

  /** A wish at a time that no other has. */
  JsonObject wish() {
    int number = made.incrementAndGet();
    JsonObject attendee =
        new JsonObject()
            .put("name", "Alex Example")
            .put("email", "alex" + number + "@example.com")
            .put("time_zone", "Europe/London");
    return new JsonObject()
        .put("event_type", "7")
        .put("start", first.plus(Duration.ofHours(2L * number)).toString())
        .put("attendee", attendee);
  }

  /** A body that moves a booking to a time that no other has. */
  JsonObject move() {
    return new JsonObject().put("start", wish().getString("start")).put("reason", "another day");
  }

  static ApiClient.Answer book(ApiClient api, JsonObject wish, String key) {
    return post(api, "", wish, key);
  }

  static ApiClient.Answer post(ApiClient api, String path, JsonObject body, String key) {
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
    if (!key.isEmpty()) {
      headers.put("Idempotency-Key", key);
    }
    return api.call("POST", PATH + path, body.encode(), headers);
  }

  /** What stands in the calendar for whoever is named in a wish. */
  List<JsonObject> live(JsonObject wish) {
    String email = wish.getJsonObject("attendee").getString("email");
    return simulator.books(PROVIDER).getJsonArray("bookings").stream()
        .map(JsonObject.class::cast)
        .filter(entry -> entry.getBoolean("live") && email.equals(entry.getString("attendee")))
        .toList();
  }

  /** Somebody does something to a booking in the calendar itself, without the gateway. */
  void asHost(String uid, String action, JsonObject body) {
    JsonObject described = simulator.describe(PROVIDER);
    ApiClient.Answer answer =
        new ApiClient(
                described.getString("url"), described.getJsonObject("account").getString("api_key"))
            .call("POST", "/v2/bookings/" + uid + "/" + action, body.encode(), CALENDAR_HEADERS);
    assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
  }
}
