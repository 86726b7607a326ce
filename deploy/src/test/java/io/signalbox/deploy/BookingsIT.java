package io.signalbox.deploy;

import static io.signalbox.deploy.Appointments.PATH;
import static io.signalbox.deploy.Appointments.PROVIDER;
import static io.signalbox.deploy.Appointments.book;
import static io.signalbox.deploy.Appointments.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bookings through the distribution: the real plugin, the simulator's calendar and its signed
 * webhooks, an application that is called back, open breakers and kills.
 */
@Timeout(400)
class BookingsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path data;
  private static SimulatorProcess simulator;
  private static Appointments appointments;
  private static CallbackReceiver receiver;
  private static GatewaySettings settings;
  private static GatewayProcess gateway;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    appointments = new Appointments(simulator);
    receiver = CallbackReceiver.start();
    settings =
        GatewaySettings.in(data)
            .against(simulator, List.of(PROVIDER))
            .withAttemptTimeout("15s")
            .with("http.port", RestartPort.free())
            .with("callbacks.allow_http", true)
            .with("callbacks.allowed_networks", "127.0.0.0/8")
            .with("bookings.fresh_for", "0s")
            // Open until a test closes it.
            .with("breaker.recovery_timeout", "300s")
            .with("breaker.failure_threshold", 3);
    gateway = GatewayProcess.start(settings);
    api = gateway.admin();
    receiver.subscribe(api, "io.signalbox.operation.*", "io.signalbox.booking.*");
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    if (receiver != null) {
      receiver.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  /** Whatever a test before has left behind, there is somebody who books. */
  @BeforeEach
  void mend() {
    simulator.set(PROVIDER, new JsonObject().put("mode", "ok").put("receipt_delay_ms", 200));
    await("a booking is made")
        .atMost(LIMIT)
        .until(
            () -> {
              provider("reset");
              return book(api, appointments.wish(), "").status() == 201;
            });
  }

  @Test
  void aBookingIsMadeReadMovedAndCalledOffAndTheApplicationHearsOfEach() {
    JsonObject wish = appointments.wish();
    JsonObject made = book(api, wish, "order-1").json(201);
    String id = made.getString("id");
    String uid = made.getString("uid");
    assertThat(made.getString("state")).isEqualTo("accepted");
    assertThat(made.getString("meeting_url")).contains(uid);
    assertThat(made.getJsonObject("decision").getString("chosen")).isEqualTo(PROVIDER);
    ApiClient.Answer again = book(api, wish, "order-1");
    assertThat(again.json(201).getString("id")).isEqualTo(id);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(book(api, appointments.wish(), "order-1").status()).isEqualTo(422);
    assertThat(appointments.live(wish)).hasSize(1);
    assertThat(read(uid).getString("id")).isEqualTo(id);

    JsonObject move = appointments.move();
    JsonObject moved = post(api, "/" + id + "/reschedule", move, "order-1-b").json(200);
    assertThat(moved.getString("start")).isEqualTo(move.getString("start"));
    assertThat(moved.getJsonArray("former_uids")).containsExactly(uid);
    assertThat(appointments.live(wish))
        .extracting(entry -> entry.getString("uid") + " " + entry.getString("start"))
        .containsExactly(moved.getString("uid") + " " + move.getString("start"));
    assertThat(read(id).getBoolean("stale")).isFalse();

    JsonObject off = post(api, "/" + id + "/cancel", new JsonObject(), "").json(200);
    assertThat(off.getString("state")).isEqualTo("cancelled");
    assertThat(appointments.live(wish)).isEmpty();

    awaitEvents(
        id, "operation.confirmed", "booking.created", "booking.rescheduled", "booking.cancelled");
    JsonObject told = event(id, "booking.rescheduled");
    assertThat(told.getString("provider")).isEqualTo(PROVIDER);
    assertThat(told.getJsonObject("result").getString("uid")).isEqualTo(moved.getString("uid"));
    // Its own webhooks tell the same again: once is enough.
    await("all webhooks were taken")
        .atMost(LIMIT)
        .until(() -> simulator.webhooks(PROVIDER).getInteger("pending") == 0);
    assertThat(simulator.webhooks(PROVIDER).getInteger("failed")).isZero();
    assertThat(types(id)).doesNotHaveDuplicates();
    assertThat(gateway.output()).doesNotContain(email(wish));
  }

  @Test
  void aTimeThatIsTakenIsAConflictAndNothingIsBooked() {
    JsonObject wish = appointments.wish();
    String id = book(api, wish, "").json(201).getString("id");
    JsonObject late = appointments.wish().put("start", wish.getString("start"));
    JsonObject problem = book(api, late, "").json(409);
    assertThat(problem.getString("type")).isEqualTo("/problems/slot-taken");
    assertThat(problem.getBoolean("retryable")).isFalse();
    assertThat(appointments.live(late)).isEmpty();
    JsonObject other = appointments.wish();
    book(api, other, "").json(201);
    JsonObject move = new JsonObject().put("start", other.getString("start"));
    assertThat(post(api, "/" + id + "/reschedule", move, "").json(409).getString("type"))
        .isEqualTo("/problems/slot-taken");
    assertThat(appointments.live(wish).get(0).getString("start"))
        .isEqualTo(wish.getString("start"));
  }

  @Test
  void whatIsDoneInTheCalendarItselfComesInBySignedWebhooks() {
    JsonObject accepted = pending();
    appointments.asHost(accepted.getString("uid"), "confirm", new JsonObject());
    awaitEvents(accepted.getString("id"), "booking.accepted");

    JsonObject refused = pending();
    appointments.asHost(
        refused.getString("uid"), "decline", new JsonObject().put("reason", "full"));
    awaitEvents(refused.getString("id"), "booking.rejected");

    JsonObject move = appointments.move();
    String before = accepted.getString("uid");
    appointments.asHost(
        before, "reschedule", new JsonObject().put("start", move.getString("start")));
    awaitEvents(accepted.getString("id"), "booking.rescheduled");
    JsonObject result =
        event(accepted.getString("id"), "booking.rescheduled").getJsonObject("result");
    assertThat(result.getString("start")).isEqualTo(move.getString("start"));
    assertThat(result.getString("uid")).isNotEqualTo(before);

    appointments.asHost(result.getString("uid"), "cancel", new JsonObject());
    awaitEvents(accepted.getString("id"), "booking.cancelled");
    assertThat(read(before).getString("state")).isEqualTo("cancelled");
  }

  @Test
  void aWebhookThatNobodySignedIsRefused() {
    JsonObject made = book(api, appointments.wish(), "").json(201);
    JsonObject forged =
        new JsonObject()
            .put("triggerEvent", "BOOKING_CANCELLED")
            .put("payload", new JsonObject().put("uid", made.getString("uid")));
    ApiClient.Answer answer =
        new ApiClient(gateway.url(), "")
            .call(
                "POST",
                "/webhooks/" + PROVIDER,
                forged.encode(),
                Map.of("Content-Type", "application/json", "X-Cal-Signature-256", "0".repeat(64)));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(read(made.getString("id")).getString("state")).isEqualTo("accepted");
  }

  /** The whole life of one that is queued: the provider away, kills, and back again. */
  @Test
  void withTheBreakerOpenReadingIsStaleWritingIsRefusedAndWhatIsQueuedIsMadeLater() {
    String known = book(api, appointments.wish(), "").json(201).getString("id");
    openTheBreaker();

    ApiClient.Answer stale = api.get(PATH + "/" + known);
    assertThat(stale.json(200).getBoolean("stale")).isTrue();
    assertThat(stale.json().getString("state")).isEqualTo("accepted");
    assertThat(stale.json().getString("stale_because")).isEqualTo("breaker_open");
    assertThat(stale.header("Age"))
        .isEqualTo(String.valueOf(stale.json().getInteger("age_seconds")));
    ApiClient.Answer fresh =
        api.call("GET", PATH + "/" + known, "", Map.of("Cache-Control", "no-cache"));
    assertRefused(fresh);
    JsonObject wish = appointments.wish();
    assertRefused(book(api, wish, ""));
    assertThat(appointments.live(wish)).isEmpty();

    JsonObject queued = wish.copy().put("queue_if_unavailable", true);
    ApiClient.Answer accepted = book(api, queued, "queued-1");
    String id = accepted.json(202).getString("id");
    assertThat(accepted.header("Location")).isEqualTo(PATH + "/" + id);
    assertThat(accepted.json().getString("status")).isEqualTo("pending");
    killAndRestart();
    assertThat(read(id).getString("status")).isEqualTo("pending");
    assertThat(book(api, queued, "queued-1").json(202).getString("id")).isEqualTo(id);
    assertThat(appointments.live(wish)).isEmpty();

    simulator.set(PROVIDER, new JsonObject().put("mode", "ok"));
    provider("reset");
    awaitEvents(id, "operation.confirmed", "booking.created");
    assertThat(event(id, "booking.created").getString("provider_id"))
        .isEqualTo(appointments.live(wish).get(0).getString("uid"));
    assertThat(book(api, queued, "queued-1").json(201).getString("id")).isEqualTo(id);
    assertThat(appointments.live(wish)).hasSize(1);
  }

  @Test
  void aQueuedBookingThatNobodyCouldMakeInTimeFailsAndTheApplicationHearsOfIt() {
    openTheBreaker();
    JsonObject wish =
        appointments.wish().put("queue_if_unavailable", true).put("queue_for_seconds", 4);
    ApiClient.Answer answer = book(api, wish, "");
    // On a slow machine its end comes before the answer.
    String id =
        answer.status() == 202
            ? answer.json().getString("id")
            : answer.json(503).getString("operation_id");
    awaitEvents(id, "operation.failed");
    simulator.set(PROVIDER, new JsonObject().put("mode", "ok"));
    provider("reset");
    book(api, appointments.wish(), "").json();
    assertThat(read(id).getString("status")).isEqualTo("failed");
    assertThat(appointments.live(wish)).isEmpty();
  }

  @Test
  void theSameKeyGivesTheSameBookingAfterAKillInTheMiddle() {
    JsonObject wish = appointments.wish();
    // It is in the calendar at once, and nobody is told of it.
    simulator.set(
        PROVIDER,
        new JsonObject()
            .put("mode", "slow")
            .put("calls", new JsonArray().add("book"))
            .put("latency_ms", 600_000)
            .put("receipt_delay_ms", 600_000));
    ApiClient then = api;
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(() -> book(then, wish, "killed-1").status())
            .exceptionally(killed -> 0);
    await("it is in the calendar").atMost(LIMIT).until(() -> appointments.live(wish).size() == 1);
    assertThat(first).isNotDone();
    killAndRestart();
    simulator.set(PROVIDER, new JsonObject().put("mode", "ok"));

    JsonObject made =
        await("the booking")
            .atMost(LIMIT)
            .ignoreException(UncheckedIOException.class)
            .until(() -> book(api, wish, "killed-1"), answer -> answer.status() == 201)
            .json();
    assertThat(appointments.live(wish))
        .extracting(entry -> entry.getString("uid"))
        .containsExactly(made.getString("uid"));
    awaitEvents(made.getString("id"), "operation.confirmed", "booking.created");
    assertThat(first).succeedsWithin(LIMIT).isEqualTo(0);
  }

  /** Nobody listens there, until the gateway asks no more. */
  private static void openTheBreaker() {
    simulator.set(PROVIDER, new JsonObject().put("mode", "refuse"));
    await("the breaker is open")
        .atMost(LIMIT)
        .until(
            () -> {
              ApiClient.Answer answer = book(api, appointments.wish(), "");
              return answer.status() == 503 && answer.json().getJsonArray("attempts").isEmpty();
            });
  }

  /** A clear word that nobody can be asked now: by when to come again, and what to quote. */
  private static void assertRefused(ApiClient.Answer answer) {
    JsonObject problem = answer.json(503);
    assertThat(problem.getString("type")).isEqualTo("/problems/provider-unavailable");
    assertThat(problem.getString("correlation_id")).matches("[0-9a-f]{32}");
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 300);
  }

  /** A booking that waits for a confirmation of the other side. */
  private static JsonObject pending() {
    JsonObject made =
        book(api, appointments.wish().put("event_type", "consultation"), "").json(201);
    assertThat(made.getString("state")).isEqualTo("pending");
    return made;
  }

  private static void killAndRestart() {
    gateway.kill();
    gateway = GatewayProcess.start(settings);
    api = gateway.admin();
  }

  private static void provider(String act) {
    api.post("/api/v1/providers/" + PROVIDER + "/" + act, new JsonObject()).json(200);
  }

  private static JsonObject read(String name) {
    return api.get(PATH + "/" + name).json(200);
  }

  private static String email(JsonObject wish) {
    return wish.getJsonObject("attendee").getString("email");
  }

  /** What was told of a booking; what came twice, since its answer was lost, once. */
  private static List<JsonObject> told(String id) {
    Map<String, JsonObject> byId = new LinkedHashMap<>();
    receiver.of(id).forEach(event -> byId.putIfAbsent(event.getString("id"), event));
    return List.copyOf(byId.values());
  }

  private static List<String> types(String id) {
    return told(id).stream()
        .map(event -> event.getString("type").substring("io.signalbox.".length()))
        .toList();
  }

  private static void awaitEvents(String id, String... types) {
    await("events of " + id)
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(types(id)).contains(types));
  }

  private static JsonObject event(String id, String type) {
    return told(id).stream()
        .filter(event -> event.getString("type").endsWith("." + type))
        .findFirst()
        .orElseThrow()
        .getJsonObject("data");
  }
}
