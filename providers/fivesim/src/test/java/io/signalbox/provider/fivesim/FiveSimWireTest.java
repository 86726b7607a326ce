package io.signalbox.provider.fivesim;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.NumberProvider;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.spi.operation.Shortage;
import io.signalbox.testkit.BaseProviderTest;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SeenRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is 5sim's own: names, pages, changes that were made before, lists of products. */
class FiveSimWireTest extends BaseProviderTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String ID = "11631253";

  @Override
  protected ProviderFactory factory() {
    return new FiveSimFactory();
  }

  @Override
  protected List<String> requiredKeys() {
    return List.of("token", "currency");
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return TestAccount.config(baseUrl);
  }

  private static Reply text(int status, String text) {
    return Reply.of(status, "text/plain; charset=utf-8", Buffer.buffer(text));
  }

  private Reply sample(String name) {
    return Reply.json(200, resource("/api/" + name));
  }

  private <T> Answer<T> ask(Function<NumberProvider, Future<Answer<T>>> call) {
    HostedProvider hosted = provider();
    return hosted.call(() -> call.apply((NumberProvider) hosted.provider()));
  }

  private Answer<Rental> rent(String country, String service, Price limit) {
    return ask(
        provider ->
            provider.rent(new RentRequest("a-1", country, service, limit, false, TIMEOUT, null)));
  }

  private Optional<RentalStatus> status(String id) {
    return done(ask(provider -> provider.rentalStatus(id, TIMEOUT)));
  }

  private List<NumberOffer> offers(String country, String service) {
    return done(ask(provider -> provider.offers(new OfferWish(country, service, TIMEOUT))));
  }

  private Answer<RentalStatus> change(RentalChange change) {
    return ask(provider -> provider.changeRental(ID, change, TIMEOUT));
  }

  /** Answers by the path. */
  private void script(Map<String, Reply> replies) {
    server()
        .script(
            seen -> Future.succeededFuture(replies.getOrDefault(seen.path(), Reply.empty(418))));
  }

  private List<String> paths() {
    return server().seen().stream().map(SeenRequest::path).toList();
  }

  private static <T> T done(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Done.class);
    return ((Answer.Done<T>) answer).value();
  }

  private static OutcomeKind kind(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<?>) answer).outcome().kind();
  }

  @Test
  void aNumberIsBoughtByTheNamesOf5sim() {
    server().reply(sample("buy_pending.json"));

    Rental rental = done(rent("gb", "fb", new Price(new BigDecimal("33.50"), "USD")));

    assertThat(rental)
        .isEqualTo(
            new Rental(
                ID,
                "+447350690992",
                new Price(new BigDecimal("33"), "USD"),
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-01T00:15:00Z")));
    SeenRequest seen = server().seen().get(0);
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/user/buy/activation/england/any/facebook");
    assertThat(seen.query()).isEqualTo("maxPrice=33.50");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer " + TestAccount.TOKEN);
    assertThat(seen.header("Accept")).isEqualTo("application/json");
  }

  @Test
  void whatHasNoNameIsNotAskedFor() {
    for (Answer<Rental> answer : List.of(rent("fr", "fb", null), rent("gb", "../x", null))) {
      assertThat(answer)
          .isInstanceOfSatisfying(
              Answer.Unserved.class,
              unserved -> assertThat(unserved.shortage()).isEqualTo(Shortage.NOT_OFFERED));
    }
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void aLimitInAnotherCurrencyIsNotSent() {
    assertThat(rent("gb", "fb", new Price(BigDecimal.TEN, "RUB")))
        .isInstanceOfSatisfying(
            Answer.Unserved.class,
            unserved -> assertThat(unserved.shortage()).isEqualTo(Shortage.PRICE_LIMIT));
    assertThat(server().seen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "500,internal error,UNKNOWN",
    "200,internal error,UNKNOWN",
    "500,'',UNKNOWN",
    "503,'',UNKNOWN",
    "503,server offline,TRANSIENT",
    "400,server offline,TRANSIENT",
    "502,'',UNKNOWN",
    "429,api limit is 100 requests per second,THROTTLED",
    "503,ip address limit is 100 requests per second,THROTTLED",
    "400,not enough user balance,PROVIDER_FAULT",
    "400,not enough rating,PROVIDER_FAULT",
    "401,Unauthorized,PROVIDER_FAULT",
    "400,something new,TRANSIENT",
    "409,'',TRANSIENT",
    "400,order expired,REJECTED",
    "200,something new,UNKNOWN"
  })
  void whoBrokeDownMayHaveSoldBefore(int status, String text, OutcomeKind kind) {
    server().reply(text(status, text));

    assertThat(kind(rent("gb", "fb", null))).isEqualTo(kind);
  }

  @Test
  void messagesComeInTheirOrder() {
    JsonObject order = new JsonObject(resource("/api/check_received.json"));
    JsonObject first = order.getJsonArray("sms").getJsonObject(0);
    order
        .getJsonArray("sms")
        .add(first.copy().put("created_at", "2026-01-01T00:00:30.000000Z").put("code", "11111"));
    server().reply(Reply.json(200, order));

    Optional<RentalStatus> status = status(ID);

    assertThat(status.orElseThrow().state()).isEqualTo(RentalState.RECEIVED);
    assertThat(status.orElseThrow().messages())
        .extracting(RentalMessage::code)
        .containsExactly("11111", "12345");
    assertThat(paths()).containsExactly("/user/check/" + ID);
  }

  @Test
  void anAnswerAboutAnotherOrderIsNotBelieved() {
    server().reply(sample("buy_pending.json"));

    assertThat(kind(ask(provider -> provider.rentalStatus("11631254", TIMEOUT))))
        .isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void whatEndedAsWishedBeforeIsDone() {
    script(
        Map.of(
            "/user/cancel/" + ID, text(400, "order expired"),
            "/user/finish/" + ID, text(400, "order expired"),
            "/user/check/" + ID, sample("timeout.json")));

    assertThat(done(change(RentalChange.CANCEL)).state()).isEqualTo(RentalState.EXPIRED);
    assertThat(kind(change(RentalChange.FINISH))).isEqualTo(OutcomeKind.REJECTED);
  }

  @Test
  void aCancelThatIsRefusedSaysWhy() {
    script(
        Map.of(
            "/user/cancel/" + ID, text(400, "order has sms"),
            "/user/check/" + ID, sample("check_received.json")));

    Answer<RentalStatus> answer = change(RentalChange.CANCEL);

    assertThat(kind(answer)).isEqualTo(OutcomeKind.REJECTED);
    assertThat(answer.evidence().code()).isEqualTo("order has sms");
  }

  @Test
  void moreCodesComeInUnasked() {
    server().reply(sample("check_received.json"));
    assertThat(done(change(RentalChange.RETRY)).state()).isEqualTo(RentalState.RECEIVED);

    server().reply(sample("finish.json"));
    assertThat(kind(change(RentalChange.RETRY))).isEqualTo(OutcomeKind.REJECTED);
    assertThat(paths()).containsOnly("/user/check/" + ID);
  }

  @Test
  void aLostOrderIsLookedForPageByPage() {
    Instant attempt = Instant.parse("2026-01-01T00:00:05Z");
    JsonObject order = new JsonObject(resource("/api/buy_pending.json"));
    JsonObject other = order.copy().put("id", 11631254).put("product", "google");
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    Reply.json(
                        200,
                        new JsonObject()
                            .put(
                                "Data",
                                new JsonArray()
                                    .add(seen.query().contains("offset=0") ? other : order))
                            .put("Total", 2))));

    List<Rental> found =
        done(
            ask(
                provider ->
                    provider.findRentals(
                        new RentalSearch("a-1", "gb", "fb", attempt, Set.of(), TIMEOUT))));

    assertThat(found).extracting(Rental::id).containsExactly(ID);
    assertThat(server().seen())
        .extracting(SeenRequest::query)
        .containsExactly(
            "category=activation&limit=100&offset=0&reverse=true",
            "category=activation&limit=100&offset=1&reverse=true");
  }

  @Test
  void aListThatCannotBeReadIsNoProofThatThereIsNone() {
    for (Reply reply : List.of(Reply.json(200, "{}"), text(500, "internal error"))) {
      server().reply(reply);

      assertThat(
              ask(
                  provider ->
                      provider.findRentals(
                          new RentalSearch("a-1", "gb", "fb", NOW, Set.of(), TIMEOUT))))
          .isInstanceOf(Answer.Failed.class);
    }
  }

  @Test
  void offersAreTheProductsOfEachCountryThatHasAName() {
    server().reply(sample("products.json"));
    Price price = new Price(new BigDecimal("21"), "USD");

    assertThat(offers("gb", null))
        .as("by each word that it can be rented by")
        .containsExactly(
            new NumberOffer("gb", "fb", 133, price, null),
            new NumberOffer("gb", "facebook", 133, price, null));
    assertThat(paths()).containsExactly("/guest/products/england/any");
    assertThat(server().seen().get(0).header("Authorization")).isNull();
    assertThat(offers("gb", "wa")).isEmpty();
    assertThat(offers("gb", "facebook"))
        .extracting(NumberOffer::service)
        .containsExactly("facebook");
    server().forget();
    assertThat(offers(null, null)).hasSize(12);
    assertThat(server().seen()).hasSize(6);
  }

  @Test
  void aCountryThatIsNotOfferedLeavesTheOthers() {
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    seen.path().contains("england")
                        ? sample("products.json")
                        : text(400, "bad country")));

    assertThat(offers(null, null)).extracting(NumberOffer::country).containsOnly("gb");
  }

  @Test
  void aPriceOfManyDecimalsIsRounded() {
    JsonObject fine = new JsonObject(resource("/api/products.json"));
    fine.getJsonObject("facebook").put("Price", 0.12345678);
    server().reply(Reply.json(200, fine));

    assertThat(offers("gb", "fb"))
        .extracting(NumberOffer::price)
        .containsExactly(new Price(new BigDecimal("0.123457"), "USD"));
  }

  @Test
  void otherCategoriesAreNotOffered() {
    JsonObject hosting = new JsonObject(resource("/api/products.json"));
    hosting.getJsonObject("facebook").put("Category", "hosting");
    server().reply(Reply.json(200, hosting));

    assertThat(offers("gb", null)).isEmpty();
  }
}
