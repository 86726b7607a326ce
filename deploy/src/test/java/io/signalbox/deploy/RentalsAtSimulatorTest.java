package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.provider.smsactivate.SmsActivateFactory;
import io.signalbox.simulator.Simulator;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.RentalNews;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.NumberProvider;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.spi.operation.Shortage;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.SampleRentals;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The provider of numbers meets the simulator, which was written without a look at it. */
class RentalsAtSimulatorTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final RentRequest REQUEST = SampleRentals.request("us", "wa");

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<WebhookRequest> webhooks = new CopyOnWriteArrayList<>();
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
                              request.absoluteURI(),
                              String.valueOf(request.query()),
                              request.headers(),
                              body,
                              Clock.systemUTC().instant()));
                      request.response().setStatusCode(200).end().otherwiseEmpty();
                    }));
    int port = HostedProvider.await(server.listen()).actualPort();
    controlUrl =
        HostedProvider.await(new Simulator(null).start(vertx, 0)) + "/_control/smsactivate";
    control(
        "POST",
        "",
        new JsonObject()
            .put("webhook_url", "http://127.0.0.1:" + port + "/w")
            .put("receipt_delay_ms", 0));
    control(
        "POST", "/books", new JsonObject().put("auto_codes", false).put("cancel_after_seconds", 0));
    JsonObject described = control("GET", "", new JsonObject());
    JsonObject config =
        described
            .getJsonObject("account")
            .put("base_url", described.getString("url"))
            .put("currency", "USD")
            .put("free_price", true);
    provider = HostedProvider.create(vertx, new SmsActivateFactory(), config, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    provider.close();
    HostedProvider.await(vertx.close().map("closed"));
  }

  @Test
  void numberIsRentedReceivesTwoCodesAndIsFinished() throws Exception {
    Rental rental = done(ask(renter -> renter.rent(REQUEST)));
    assertThat(rental.startedAt()).isNotNull();
    assertThat(state(rental)).isEqualTo(RentalState.WAITING);

    receive(rental, "123456");
    await().atMost(PATIENCE).until(() -> !webhooks.isEmpty());
    RentalNews news = news(webhooks.get(0));
    assertThat(news.rentalId()).isEqualTo(rental.id());
    assertThat(news.code()).isEqualTo("123456");
    assertThat(status(rental).messages()).containsExactly(new RentalMessage("123456", null, null));

    assertThat(change(rental, RentalChange.RETRY)).isEqualTo(RentalState.WAITING_FOR_ANOTHER);
    receive(rental, "777");
    assertThat(state(rental)).isEqualTo(RentalState.RECEIVED);
    for (int i = 0; i < 2; i++) {
      assertThat(change(rental, RentalChange.FINISH)).isEqualTo(RentalState.FINISHED);
    }
    assertThat(books().getString("spent")).isEqualTo(money(rental));
    assertThat(books().getInteger("live")).isZero();
  }

  private static String money(Rental rental) {
    assertThat(rental.price()).isNotNull();
    return rental.price().amount().setScale(2).toPlainString();
  }

  @Test
  void numberIsGivenBackAndPaidBack() throws Exception {
    control("POST", "/books", new JsonObject().put("cancel_after_seconds", 3_600));
    Rental rental = done(ask(renter -> renter.rent(REQUEST)));
    Answer<RentalStatus> early =
        ask(renter -> renter.changeRental(rental.id(), RentalChange.CANCEL, TIMEOUT));
    assertThat(early).isInstanceOf(Answer.Unserved.class);
    assertThat(((Answer.Unserved<?>) early).shortage()).isEqualTo(Shortage.TOO_EARLY);

    control("POST", "/books", new JsonObject().put("cancel_after_seconds", 0));
    for (int i = 0; i < 2; i++) {
      assertThat(change(rental, RentalChange.CANCEL)).isEqualTo(RentalState.CANCELLED);
    }
    assertThat(books().getString("spent")).isEqualTo("0");
    assertThat(books().getString("balance")).isEqualTo("1000000.00");
  }

  /** Whatever became of the answer: what the look-up says is what the books say. */
  @ParameterizedTest
  @CsvSource({
    "cut, 1",
    "cut_before, 0",
    "error_after, 1",
    "error, 0",
    "unavailable, 0",
    "hang, 0",
    "slow, 1"
  })
  void numberWhoseAnswerWasLostIsFoundIfItIsThere(String mode, int rented) throws Exception {
    Instant before = Clock.systemUTC().instant();
    Rental others = done(ask(renter -> renter.rent(REQUEST)));
    control(
        "POST",
        "",
        new JsonObject()
            .put("mode", mode)
            .put("calls", new JsonArray().add("rent"))
            .put("latency_ms", "slow".equals(mode) ? 60_000 : 0));

    boolean isSilent = Set.of("hang", "slow").contains(mode);
    RentRequest request = isSilent ? SampleRentals.withTimeout(REQUEST, SHORT) : REQUEST;
    Answer<Rental> answer = ask(renter -> renter.rent(request));

    assertThat(failed(answer)).isInstanceOf(Outcome.Unknown.class);
    List<Rental> found =
        done(
            ask(
                renter ->
                    renter.findRentals(
                        SampleRentals.search(REQUEST, before, Set.of(others.id())))));
    assertThat(found).hasSize(rented);
    assertThat(books().getInteger("live")).isEqualTo(1 + rented);
    List<Rental> elsewhere =
        done(
            ask(
                renter ->
                    renter.findRentals(
                        SampleRentals.search(
                            SampleRentals.request("us", "tg"), before, Set.of()))));
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void limitsAndPricesAreThoseOfTheShelf() throws Exception {
    Answer<Rental> tooCheap =
        ask(renter -> renter.rent(SampleRentals.withLimit(REQUEST, "14.50", true)));
    assertThat(tooCheap)
        .isInstanceOfSatisfying(
            Answer.Unserved.class,
            unserved -> {
              assertThat(unserved.shortage()).isEqualTo(Shortage.PRICE_LIMIT);
              assertThat(unserved.lowestPrice().amount()).isEqualByComparingTo("15");
            });
    Rental cheap = done(ask(renter -> renter.rent(SampleRentals.withLimit(REQUEST, "19", true))));
    assertThat(money(cheap)).isEqualTo("15.00");

    List<NumberOffer> offers = done(ask(renter -> renter.offers(SampleRentals.wish(REQUEST))));
    NumberOffer offer =
        offers.stream()
            .filter(one -> one.country().equals("us") && one.service().equals("wa"))
            .findFirst()
            .orElseThrow();
    assertThat(offer.stock()).isEqualTo(1_500);
    assertThat(offer.price().amount()).isEqualByComparingTo("20");
    assertThat(offer.lowestFreePrice().amount()).isEqualByComparingTo("15");
    assertThat(provider.check().healthy()).isTrue();
  }

  private RentalStatus status(Rental rental) {
    return done(ask(renter -> renter.rentalStatus(rental.id(), TIMEOUT))).orElseThrow();
  }

  private RentalState state(Rental rental) {
    return status(rental).state();
  }

  private RentalState change(Rental rental, RentalChange change) {
    return done(ask(renter -> renter.changeRental(rental.id(), change, TIMEOUT))).state();
  }

  private void receive(Rental rental, String code) throws Exception {
    JsonObject one = new JsonObject().put("id", rental.id()).put("code", code);
    control("POST", "/books", new JsonObject().put("receive", new JsonArray().add(one)));
  }

  private RentalNews news(WebhookRequest webhook) {
    WebhookResult result = provider.receive(webhook);
    assertThat(result).isInstanceOf(WebhookResult.Verified.class);
    return ((WebhookResult.Verified) result).rentals().get(0);
  }

  private <T> Answer<T> ask(Function<NumberProvider, Future<Answer<T>>> call) {
    return provider.call(() -> call.apply((NumberProvider) provider.provider()));
  }

  private static <T> T done(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Done.class);
    return ((Answer.Done<T>) answer).value();
  }

  private static Outcome failed(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<?>) answer).outcome();
  }

  private JsonObject books() throws Exception {
    return control("GET", "/books", new JsonObject());
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
