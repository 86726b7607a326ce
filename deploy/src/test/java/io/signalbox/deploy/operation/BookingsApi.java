package io.signalbox.deploy.operation;

import io.signalbox.deploy.ApiClient;
import io.signalbox.deploy.SimulatorProcess;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Creating a booking, each at a time of its own. */
final class BookingsApi implements OperationApi {
  private static final String PROVIDER = "calcom";
  private static final String EVENT_TYPE = "7";
  private static final int NEVER_MILLIS = 3_600_000;

  private final Instant first =
      Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(30));

  @Override
  public List<String> providers() {
    return List.of(PROVIDER);
  }

  @Override
  public boolean namesCountry() {
    return false;
  }

  @Override
  public String doing() {
    return "book";
  }

  @Override
  public String finding() {
    return "find";
  }

  @Override
  public String undoing() {
    return "cancel";
  }

  @Override
  public Optional<Told> ask(ApiClient api, int number, String key) {
    JsonObject attendee =
        new JsonObject()
            .put("name", "Alex Example")
            .put("email", "alex" + number + "@example.com")
            .put("time_zone", "Europe/London");
    return Asking.once(
        api,
        "/api/v1/bookings",
        new JsonObject()
            .put("event_type", EVENT_TYPE)
            .put("start", first.plus(Duration.ofHours(2L * number)).toString())
            .put("attendee", attendee),
        key,
        json ->
            new Told(
                key,
                json.getString("id"),
                json.getString("status"),
                json.getString("provider"),
                json.getString("uid"),
                BigDecimal.ZERO));
  }

  @Override
  public void prepare(SimulatorProcess simulator, String provider, boolean newsFirst) {
    simulator.set(provider, new JsonObject().put("receipt_delay_ms", newsFirst ? 0 : 200));
  }

  /** Webhooks would tell of it, too. */
  @Override
  public void hide(SimulatorProcess simulator, String provider) {
    simulator.set(provider, Fault.lost(doing(), finding()).put("receipt_delay_ms", NEVER_MILLIS));
  }

  @Override
  public List<Sold> books(SimulatorProcess simulator) {
    return simulator.books(PROVIDER).getJsonArray("bookings").stream()
        .map(booking -> Sold.booking(PROVIDER, (JsonObject) booking))
        .toList();
  }
}
