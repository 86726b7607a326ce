package io.signalbox.gateway.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.booking.CalendarServer.Fault;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Role;
import io.signalbox.gateway.security.SigningKey;
import io.signalbox.gateway.security.TokenIssuer;
import io.signalbox.gateway.server.GatewayServer;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bookings through a whole gateway: HTTP, ledger, saga, a plugin in a jar, and its sockets. */
@Timeout(180)
class BookingFlowTest {
  private static final String PATH = "/api/v1/bookings";
  private final Instant begin =
      Clock.systemUTC().instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(3));
  private final Instant later = begin.plus(Duration.ofHours(5));

  @TempDir private Path dir;
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private CalendarServer calendar;
  private GatewayServer server;
  private String token;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    calendar = new CalendarServer(vertx);
    CalendarPlugin.put(dir.resolve("plugins"), ended(calendar.open()));
    GatewayConfig config =
        ConfigLoader.load(
            Optional.empty(),
            Map.of(),
            Map.of(
                "http.port", "0",
                "data.dir", dir.resolve("data").toString(),
                "plugins.dir", dir.resolve("plugins").toString(),
                "operations.call_timeout", "10s",
                "operations.wait", "2m",
                "operations.settle_after", "0s",
                "bookings.fresh_for", "0s"));
    server = ended(GatewayServer.start(config));
    token =
        "Bearer "
            + new TokenIssuer(
                    SigningKey.loadOrCreate(config.security().jwtKeyFile(), new SecureRandom()),
                    Clock.systemUTC())
                .issue(
                    new Caller("test", SendNotification.DEFAULT_TENANT, Set.of(Role.ADMIN)),
                    Duration.ofHours(1));
    // Until the provider is ranked nobody can be asked.
    calendar.fault("book", Fault.TAKEN);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> post(PATH, wish()).statusCode() == 409);
    calendar.mend("book");
    calendar.forgetCalls();
  }

  @AfterEach
  void stop() throws Exception {
    ended(server.stop());
    ended(vertx.close());
  }

  private static <T> T ended(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
    return client.send(
        request.uri(URI.create(server.url() + path)).header("authorization", token).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    return send(headers.length == 0 ? request : request.headers(headers), path);
  }

  private HttpResponse<String> post(String path, JsonObject body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body.encode()));
    return send(headers.length == 0 ? request : request.headers(headers), path);
  }

  private JsonObject wish() {
    return new JsonObject()
        .put("event_type", "7")
        .put("start", begin.toString())
        .put(
            "attendee",
            new JsonObject()
                .put("name", "Jane Roe")
                .put("email", "jane@example.org")
                .put("time_zone", "Europe/London"));
  }

  private JsonObject move() {
    return new JsonObject().put("start", later.toString());
  }

  private JsonObject booked() throws Exception {
    HttpResponse<String> made = post(PATH, wish());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return new JsonObject(made.body());
  }

  private JsonObject awaitBooking(String id, Predicate<JsonObject> wanted) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> new JsonObject(get(PATH + "/" + id).body()), wanted);
  }

  @Test
  void aBookingIsMadeReadMovedAndCalledOff() throws Exception {
    HttpResponse<String> made = post(PATH, wish(), "idempotency-key", "k1");
    JsonObject booking = new JsonObject(made.body());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String id = booking.getString("id");
    assertThat(made.headers().firstValue("location")).contains(PATH + "/" + id);
    assertThat(booking.getString("state")).isEqualTo("accepted");
    assertThat(booking.getString("provider")).isEqualTo("calendar");
    assertThat(booking.getJsonObject("decision").getString("chosen")).isEqualTo("calendar");
    assertThat(made.body()).doesNotContain("\"kept\"");

    HttpResponse<String> again = post(PATH, wish(), "idempotency-key", "k1");
    assertThat(again.headers().firstValue("idempotency-replayed")).contains("true");
    assertThat(new JsonObject(again.body()).getString("id")).isEqualTo(id);
    assertThat(post(PATH, wish().put("event_type", "8"), "idempotency-key", "k1").statusCode())
        .isEqualTo(422);
    assertThat(calendar.live()).hasSize(1);

    HttpResponse<String> read = get(PATH + "/" + id);
    assertThat(read.headers().firstValue("age")).isPresent();
    assertThat(new JsonObject(read.body()).getBoolean("stale")).isFalse();

    HttpResponse<String> moved =
        post(PATH + "/" + id + "/reschedule", move(), "idempotency-key", "k2");
    assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
    JsonObject after = new JsonObject(moved.body());
    assertThat(after.getString("start")).isEqualTo(later.toString());
    assertThat(after.getString("uid")).isEqualTo("b2");
    assertThat(after.getJsonArray("former_uids")).containsExactly("b1");
    assertThat(post(PATH + "/" + id + "/reschedule", move(), "idempotency-key", "k2").body())
        .contains("\"b2\"");
    assertThat(calendar.asked("move")).isEqualTo(1);
    for (String name : new String[] {"b1", "b2"}) {
      assertThat(new JsonObject(get(PATH + "/" + name).body()).getString("id")).isEqualTo(id);
    }
    assertThat(
            new JsonObject(get(PATH + "?state=accepted&event_type=7").body())
                .getJsonArray("bookings"))
        .hasSize(1);

    HttpResponse<String> off = post(PATH + "/b1/cancel", new JsonObject().put("reason", "no"));
    assertThat(off.statusCode()).as(off.body()).isEqualTo(200);
    assertThat(new JsonObject(off.body()).getString("state")).isEqualTo("cancelled");
    assertThat(post(PATH + "/" + id + "/cancel", new JsonObject()).statusCode()).isEqualTo(200);
    assertThat(calendar.asked("cancel")).isEqualTo(1);
    assertThat(calendar.live()).isEmpty();
    assertThat(post(PATH + "/" + id + "/reschedule", move()).statusCode()).isEqualTo(409);
    assertThat(get(PATH + "/b99").statusCode()).isEqualTo(404);
  }

  @Test
  void mistakesAreNamedAndNothingIsBooked() throws Exception {
    HttpResponse<String> past = post(PATH, wish().put("start", "2020-01-01T00:00:00Z"));
    assertThat(past.statusCode()).isEqualTo(422);
    assertThat(past.body()).contains("/start");
    assertThat(post(PATH, wish().put("provider", "nobody")).body()).contains("/provider");
    calendar.fault("book", Fault.TAKEN);
    HttpResponse<String> taken = post(PATH, wish());
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(taken.body()).contains("/problems/slot-taken");
    assertThat(calendar.asked("book")).isEqualTo(1);
    calendar.mend("book");
    String id = booked().getString("id");
    calendar.fault("move", Fault.TAKEN);
    HttpResponse<String> move = post(PATH + "/" + id + "/reschedule", move());
    assertThat(move.statusCode()).as(move.body()).isEqualTo(409);
    assertThat(move.body()).contains("/problems/slot-taken", "\"retryable\":false");
  }

  @Test
  void withTheBreakerOpenReadingIsStaleAndWritingIsRefusedOrQueued() throws Exception {
    String id = booked().getString("id");
    assertThat(post("/api/v1/providers/calendar/open", new JsonObject()).statusCode())
        .isEqualTo(200);
    JsonObject stale = awaitBooking(id, seen -> seen.getBoolean("stale"));
    assertThat(stale.getString("state")).isEqualTo("accepted");
    assertThat(stale.getInteger("age_seconds")).isNotNegative();
    assertThat(stale.getString("stale_because")).isNotEmpty();
    HttpResponse<String> fresh = get(PATH + "/" + id, "cache-control", "no-cache");
    assertThat(fresh.statusCode()).isEqualTo(503);
    assertThat(fresh.headers().firstValue("retry-after")).isPresent();

    HttpResponse<String> refused =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> post(PATH, wish()), answer -> answer.statusCode() == 503);
    JsonObject problem = new JsonObject(refused.body());
    assertThat(problem.getString("type")).isEqualTo("/problems/provider-unavailable");
    assertThat(problem.getString("correlation_id")).hasSize(32);
    assertThat(refused.headers().firstValue("retry-after")).isPresent();

    HttpResponse<String> queued = post(PATH, wish().put("queue_if_unavailable", true));
    assertThat(queued.statusCode()).as(queued.body()).isEqualTo(202);
    JsonObject pending = new JsonObject(queued.body());
    assertThat(pending.getString("status")).isEqualTo("pending");
    int before = calendar.live().size();
    assertThat(post("/api/v1/providers/calendar/reset", new JsonObject()).statusCode())
        .isEqualTo(200);
    awaitBooking(pending.getString("id"), seen -> "accepted".equals(seen.getString("state")));
    assertThat(calendar.live()).hasSize(before + 1);
  }

  @Test
  void aChangeWhoseOutcomeIsUnknownIsSettledAndNotDoneTwice() throws Exception {
    String id = booked().getString("id");
    calendar.fault("move", Fault.BROKEN_AFTER);
    HttpResponse<String> moving = post(PATH + "/" + id + "/reschedule", move(), "prefer", "wait=0");
    assertThat(moving.statusCode()).as(moving.body()).isEqualTo(202);
    JsonObject moved =
        awaitBooking(id, seen -> "done".equals(seen.getJsonObject("change").getString("status")));
    assertThat(moved.getString("start")).isEqualTo(later.toString());
    assertThat(moved.getString("uid")).isEqualTo("b2");
    assertThat(calendar.asked("move")).isEqualTo(1);

    calendar.fault("cancel", Fault.SILENT_AFTER);
    HttpResponse<String> off = post(PATH + "/" + id + "/cancel", new JsonObject());
    assertThat(off.statusCode()).as(off.body()).isEqualTo(200);
    assertThat(new JsonObject(off.body()).getString("state")).isEqualTo("cancelled");
    assertThat(calendar.asked("cancel")).isEqualTo(1);
  }

  @Test
  void whatCannotBeChangedNowIsTriedAgainAndThenRefused() throws Exception {
    String id = booked().getString("id");
    calendar.fault("cancel", Fault.AWAY);
    HttpResponse<String> refused = post(PATH + "/" + id + "/cancel", new JsonObject());
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
    assertThat(refused.body()).contains("/problems/provider-unavailable", "\"retryable\":true");
    assertThat(refused.body()).doesNotContain("Jane Roe");
    calendar.mend("cancel");
    assertThat(calendar.live()).hasSize(1);
    assertThat(post(PATH + "/" + id + "/cancel", new JsonObject()).statusCode()).isEqualTo(200);
    assertThat(calendar.live()).isEmpty();
  }

  @Test
  void aWebhookSettlesABookingBeforeItsAnswerAndMovesItsStateOn() throws Exception {
    calendar.fault("book", Fault.SILENT_AFTER);
    calendar.fault("find", Fault.AWAY);
    HttpResponse<String> made = post(PATH, wish(), "prefer", "respond-async");
    assertThat(made.statusCode()).isEqualTo(202);
    String id = new JsonObject(made.body()).getString("id");
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> calendar.live().size() == 1);
    JsonObject entry = calendar.live().get(0);
    JsonObject told =
        new JsonObject()
            .put("event", "e1")
            .put("attempt", entry.getString("attempt"))
            .put("uid", entry.getString("uid"))
            .put("state", "ACCEPTED");
    for (int i = 0; i < 2; i++) {
      assertThat(post("/webhooks/calendar", told).statusCode()).isEqualTo(200);
    }
    calendar.fault("read", Fault.AWAY);
    JsonObject booking = awaitBooking(id, seen -> "confirmed".equals(seen.getString("status")));
    assertThat(booking.getString("uid")).isEqualTo(entry.getString("uid"));

    JsonObject off =
        new JsonObject()
            .put("event", "e2")
            .put("uid", entry.getString("uid"))
            .put("state", "CANCELLED");
    assertThat(post("/webhooks/calendar", off).statusCode()).isEqualTo(200);
    awaitBooking(id, seen -> "cancelled".equals(seen.getString("state")));
    assertThat(calendar.asked("book")).isEqualTo(1);
  }
}
