package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.provider.calcom.CalComFactory;
import io.signalbox.simulator.Simulator;
import io.signalbox.spi.BookingChange;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Booking;
import io.signalbox.spi.operation.BookingProvider;
import io.signalbox.spi.operation.BookingRequest;
import io.signalbox.spi.operation.BookingSearch;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.SampleBookings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The provider of bookings meets the simulator, which was written without a look at it. */
class BookingsAtSimulatorTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<WebhookRequest> webhooks = new CopyOnWriteArrayList<>();
  private final Instant start =
      Clock.systemUTC().instant().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(9));
  private String controlUrl = "";
  private HostedProvider provider;

  @BeforeEach
  void start() throws Exception {
    HttpServer server =
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0));
    server.requestHandler(
        request ->
            request
                .body()
                .onSuccess(
                    body -> {
                      webhooks.add(
                          new WebhookRequest(
                              "POST",
                              "http://127.0.0.1/w",
                              "",
                              request.headers(),
                              body,
                              Clock.systemUTC().instant()));
                      request.response().setStatusCode(200).end().otherwiseEmpty();
                    }));
    int port = HostedProvider.await(server.listen()).actualPort();
    controlUrl = HostedProvider.await(new Simulator(null).start(vertx, 0)) + "/_control/calcom";
    JsonObject settings =
        new JsonObject()
            .put("webhook_url", "http://127.0.0.1:" + port + "/w")
            .put("receipt_delay_ms", 0);
    control("POST", "", settings);
    JsonObject described = control("GET", "", new JsonObject());
    JsonObject config =
        described
            .getJsonObject("account")
            .put("base_url", described.getString("url"))
            .put("username", "pro");
    provider = HostedProvider.create(vertx, new CalComFactory(), config, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    provider.close();
    HostedProvider.await(vertx.close().map("closed"));
  }

  @Test
  void bookingIsMadeReadMovedAndCancelled() throws Exception {
    Booking made = done(ask(booker -> booker.book(request("60min", "a-1", TIMEOUT))));
    assertThat(made.state()).isEqualTo(BookingState.ACCEPTED);
    assertThat(made.end()).isEqualTo(start.plus(Duration.ofHours(1)));
    Optional<Booking> read = done(ask(booker -> booker.booking(made.uid(), TIMEOUT)));
    assertThat(read).contains(made);

    Instant later = start.plus(Duration.ofDays(1));
    Booking moved = done(ask(booker -> booker.reschedule(made.uid(), later, "Later", TIMEOUT)));
    assertThat(moved.movedFrom()).isEqualTo(made.uid());
    assertThat(moved.start()).isEqualTo(later);
    List<Booking> found = done(find("a-1"));
    assertThat(found).containsExactly(moved);

    for (int i = 0; i < 2; i++) {
      Booking after = done(ask(booker -> booker.cancelBooking(moved.uid(), "Ill", TIMEOUT)));
      assertThat(after.state()).isEqualTo(BookingState.CANCELLED);
    }
    await().atMost(PATIENCE).until(() -> webhooks.size() == 3);
    List<BookingChange> told = webhooks.stream().map(this::change).toList();
    assertThat(told.stream().map(one -> one.state() + " " + one.uid() + " " + one.movedFrom()))
        .containsExactlyInAnyOrder(
            "ACCEPTED " + made.uid() + " null",
            "ACCEPTED " + moved.uid() + " " + made.uid(),
            "CANCELLED " + moved.uid() + " null");
    assertThat(told).extracting(BookingChange::attemptId).containsOnly("a-1");
    assertThat(live()).isZero();
  }

  /** Whatever became of the answer: what the look-up says is what the calendar says. */
  @ParameterizedTest
  @CsvSource({"cut, 1", "cut_before, 0", "error_after, 1", "error, 0", "unavailable, 0", "hang, 0"})
  void bookingWhoseAnswerWasLostIsFoundIfItIsThere(String mode, int booked) throws Exception {
    fault(mode);

    Duration timeout = "hang".equals(mode) ? SHORT : TIMEOUT;
    Answer<Booking> answer = ask(booker -> booker.book(request("7", "a-1", timeout)));

    assertThat(failed(answer)).isInstanceOf(Outcome.Unknown.class);
    List<Booking> found = done(find("a-1"));
    assertThat(found).hasSize(booked);
    assertThat(live()).isEqualTo(booked);
    List<Booking> others = done(find("a-2"));
    assertThat(others).isEmpty();
  }

  @Test
  void takenTimeAndRateLimitAreToldApart() throws Exception {
    done(ask(booker -> booker.book(request("7", "a-1", TIMEOUT))));

    assertThat(failed(ask(booker -> booker.book(request("7", "a-2", TIMEOUT)))))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(ReasonClass.SLOT_TAKEN));
    control("POST", "", new JsonObject().put("mode", "throttle").put("retry_after_seconds", 7));
    assertThat(failed(ask(booker -> booker.book(request("8", "a-3", TIMEOUT)))))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
  }

  @Test
  void webhookThatComesBeforeTheAnswerNamesTheAttempt() throws Exception {
    control(
        "POST",
        "",
        new JsonObject().put("mode", "slow").put("calls", calls()).put("latency_ms", 60_000));

    assertThat(failed(ask(booker -> booker.book(request("consultation", "a-1", SHORT)))))
        .isInstanceOf(Outcome.Unknown.class);

    await().atMost(PATIENCE).until(() -> !webhooks.isEmpty());
    BookingChange change = change(webhooks.get(0));
    assertThat(change.attemptId()).isEqualTo("a-1");
    assertThat(change.state()).isEqualTo(BookingState.PENDING);
  }

  @Test
  void checkTakesTheKey() {
    assertThat(provider.check().healthy()).isTrue();
  }

  private BookingRequest request(String eventType, String attempt, Duration timeout) {
    return new BookingRequest(
        attempt, eventType, start, null, SampleBookings.ATTENDEE, Map.of(), timeout, null);
  }

  private Answer<List<Booking>> find(String attempt) {
    Instant now = Clock.systemUTC().instant();
    BookingSearch search =
        new BookingSearch(attempt, SampleBookings.ATTENDEE, start, now.minusSeconds(30), TIMEOUT);
    return ask(booker -> booker.findBookings(search));
  }

  private <T> Answer<T> ask(Function<BookingProvider, Future<Answer<T>>> call) {
    return provider.call(() -> call.apply((BookingProvider) provider.provider()));
  }

  private BookingChange change(WebhookRequest webhook) {
    WebhookResult result = provider.receive(webhook);
    assertThat(result).isInstanceOf(WebhookResult.Verified.class);
    return ((WebhookResult.Verified) result).bookings().get(0);
  }

  private static <T> T done(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Done.class);
    return ((Answer.Done<T>) answer).value();
  }

  private static Outcome failed(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<?>) answer).outcome();
  }

  private static JsonArray calls() {
    return new JsonArray().add("book");
  }

  private void fault(String mode) throws Exception {
    control("POST", "", new JsonObject().put("mode", mode).put("calls", calls()));
  }

  private int live() throws Exception {
    return control("GET", "/books", new JsonObject()).getInteger("live");
  }

  private JsonObject control(String method, String path, JsonObject body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(controlUrl + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body.encode()))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }
}
