package io.signalbox.provider.smsactivate;

import static io.signalbox.provider.smsactivate.TestAccount.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Outcome;
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
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.spi.operation.Shortage;
import io.signalbox.testkit.BaseProviderTest;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRentals;
import io.signalbox.testkit.SampleRequests;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What services that speak the protocol do in ways of their own, and calls in several steps. */
class SmsActivateQuirksTest extends BaseProviderTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final RentRequest REQUEST = SampleRentals.request("us", "wa");
  private static final String NUMBER = "ACCESS_NUMBER:635468021:79181234567";

  @Override
  protected ProviderFactory factory() {
    return new SmsActivateFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return TestAccount.config(baseUrl);
  }

  @Override
  protected List<String> requiredKeys() {
    return TestAccount.REQUIRED_KEYS;
  }

  private HostedProvider with(String key, Object value) {
    return provider(config(server().url()).put(key, value));
  }

  private static <T> Answer<T> ask(
      HostedProvider provider, Function<NumberProvider, Future<Answer<T>>> call) {
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

  private String query(int request) {
    String query = server().seen().get(request).query();
    String key = "api_key=" + TestAccount.API_KEY + "&";
    assertThat(query).startsWith(key);
    return query.substring(key.length());
  }

  @Test
  void olderActionTellsNeitherPriceNorTime() {
    server().reply(text(NUMBER));

    Rental rental = done(ask(with("rent_action", "getNumber"), renter -> renter.rent(REQUEST)));

    assertThat(rental)
        .isEqualTo(
            new Rental("635468021", "+79181234567", null, null, NOW.plus(Duration.ofMinutes(20))));
    assertThat(query(0)).isEqualTo("action=getNumber&service=wa&country=187");
  }

  @Test
  void hostPathAndMethodAreConfigured() {
    server().reply(text(NUMBER));
    JsonObject config =
        config(server().url() + "/")
            .put("path", "/api/v1/handler.php")
            .put("http_method", "POST")
            .put("countries", new JsonObject().put("de", 43))
            .put("services", new JsonObject().put("whatsapp", "wa"));

    RentRequest request = SampleRentals.request("de", "whatsapp");
    done(ask(provider(config), renter -> renter.rent(request)));

    assertThat(server().seen().get(0).method()).isEqualTo("POST");
    assertThat(server().seen().get(0).path()).isEqualTo("/api/v1/handler.php");
    assertThat(query(0)).isEqualTo("action=getNumberV2&service=wa&country=43");
  }

  @Test
  void limitIsSentAndTheFreePriceWhereItIsSwitchedOn() {
    server().reply(text(NUMBER));
    RentRequest limited = SampleRentals.withLimit(REQUEST, "20.50", true);
    RentRequest guarded = SampleRentals.withLimit(REQUEST, "100", false);

    done(ask(provider(), renter -> renter.rent(limited)));
    done(ask(with("free_price", true), renter -> renter.rent(limited)));
    done(ask(with("free_price", true), renter -> renter.rent(guarded)));

    String rent = "action=getNumberV2&service=wa&country=187";
    assertThat(query(0)).isEqualTo(rent + "&maxPrice=20.5");
    assertThat(query(1)).isEqualTo(rent + "&maxPrice=20.5&freePrice=true");
    assertThat(query(2)).isEqualTo(rent + "&maxPrice=100");
  }

  @Test
  void limitInAnotherCurrencyIsNotSent() {
    RentRequest foreign = SampleRentals.withLimit(REQUEST, new Price(BigDecimal.TEN, "RUB"), false);

    assertThat(ask(provider(), renter -> renter.rent(foreign)))
        .isInstanceOfSatisfying(
            Answer.Unserved.class,
            unserved -> assertThat(unserved.shortage()).isEqualTo(Shortage.PRICE_LIMIT));
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void attemptIsTheOrderIdWhereThatIsKnown() {
    server().reply(text(NUMBER));

    done(ask(with("order_id", true), renter -> renter.rent(REQUEST)));

    assertThat(query(0)).endsWith("&orderId=" + SampleRequests.ATTEMPT_ID);
  }

  @Test
  void oldestFormOfCancellationIsConfigured() {
    server().reply(text("ACCESS_CANCEL"));

    done(
        ask(
            with("cancel_status", "-1"),
            renter -> renter.changeRental("7", RentalChange.CANCEL, TIMEOUT)));

    assertThat(query(0)).isEqualTo("action=setStatus&id=7&status=-1");
  }

  @ParameterizedTest
  @CsvSource({
    "CANCEL,BAD_STATUS,STATUS_CANCEL,CANCELLED",
    "CANCEL,ACTIVATION_NOT_ACTIVE,STATUS_CANCEL,CANCELLED",
    "CANCEL,NO_ACTIVATION,STATUS_CANCEL,CANCELLED",
    "FINISH,BAD_STATUS,STATUS_OK:123456,FINISHED",
    "RETRY,BAD_STATUS,STATUS_WAIT_RETRY:123456,WAITING_FOR_ANOTHER"
  })
  void changeThatWasMadeBeforeIsDoneAgain(
      RentalChange change, String refusal, String status, RentalState after) {
    assertThat(done(changed(change, refusal, status)).state()).isEqualTo(after);
    assertThat(query(1)).isEqualTo("action=getStatus&id=7");
  }

  @ParameterizedTest
  @CsvSource({
    "CANCEL,BAD_STATUS,STATUS_OK:123456",
    "CANCEL,OTP_RECEIVED,STATUS_OK:123456",
    "CANCEL,NEW_OTP_RECEIVED,STATUS_OK:123456",
    "CANCEL,FREE_CANCELLATION_EXPIRED,STATUS_WAIT_CODE",
    "FINISH,BAD_STATUS,STATUS_WAIT_CODE",
    "FINISH,BAD_STATUS,ERROR_SQL",
    "RETRY,BAD_STATUS,STATUS_CANCEL"
  })
  void changeThatTheStateForbidsIsRefused(RentalChange change, String refusal, String status) {
    Outcome outcome = failed(changed(change, refusal, status));

    assertThat(outcome.kind()).isEqualTo(OutcomeKind.REJECTED);
    assertThat(outcome.evidence().code()).isEqualTo(refusal);
  }

  private Answer<RentalStatus> changed(RentalChange change, String refusal, String status) {
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    seen.query().contains("action=setStatus") ? text(409, refusal) : text(status)));
    return ask(provider(), renter -> renter.changeRental("7", change, TIMEOUT));
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_KEY,PROVIDER_FAULT",
    "BAD_ACTION,PROVIDER_FAULT",
    "CHANNELS_LIMIT,THROTTLED",
    "ERROR_SQL,TRANSIENT",
    "SERVER ERROR,TRANSIENT",
    "STATUS_OK,UNKNOWN",
    "STATUS_MAYBE,UNKNOWN"
  })
  void questionThatIsNotAnsweredSaysWhy(String word, OutcomeKind kind) {
    server().reply(text(word));

    assertThat(failed(ask(provider(), renter -> renter.rentalStatus("7", TIMEOUT))).kind())
        .isEqualTo(kind);
  }

  private static JsonObject listed(String id, String time) {
    return new JsonObject()
        .put("activationId", id)
        .put("serviceCode", "wa")
        .put("countryCode", "187")
        .put("phoneNumber", "15558675310")
        .put("activationCost", "7.25")
        .put("activationTime", time);
  }

  private List<Rental> found(HostedProvider provider, Instant attemptedAt, JsonObject... rentals) {
    server()
        .reply(
            Reply.json(
                200,
                new JsonObject()
                    .put("status", "success")
                    .put("activeActivations", new JsonArray(List.of((Object[]) rentals)))));
    return done(
        ask(
            provider,
            renter ->
                renter.findRentals(SampleRentals.search(REQUEST, attemptedAt, Set.of("known")))));
  }

  @Test
  void nearestInTimeIsTheSurest() {
    assertThat(
            found(
                provider(),
                NOW.minusSeconds(100),
                listed("late", "2026-01-01 00:00:05"),
                listed("known", "2025-12-31 23:58:31"),
                listed("near", "2025-12-31 23:58:32"),
                listed("untimed", "just now"),
                // By a clock that is behind ours.
                listed("behind", "2025-12-31 23:50:00"),
                listed("older", "2025-12-31 23:48:00")))
        .extracting(Rental::id)
        .containsExactly("near", "late", "behind", "untimed");
  }

  @Test
  void clockOfAnotherZoneHidesNoRental() {
    JsonObject threeHoursOff = listed("moscow", "2026-01-01 03:00:05");
    JsonObject behind = listed("new-york", "2025-12-31 19:00:05");

    List<Rental> found = found(provider(), NOW.minusSeconds(5), threeHoursOff, behind);
    assertThat(found).extracting(Rental::id).containsExactly("moscow", "new-york");
    assertThat(found).extracting(Rental::startedAt).containsOnlyNulls();

    assertThat(found(with("time_zone", "Europe/Moscow"), NOW.minusSeconds(5), threeHoursOff))
        .extracting(Rental::startedAt)
        .containsExactly(NOW.minusSeconds(5));
  }

  @Test
  void rentalOfTheListThatCannotBeReadIsNoProof() {
    server()
        .reply(
            Reply.json(
                200,
                new JsonObject()
                    .put(
                        "activeActivations",
                        new JsonArray().add(listed("7", "").put("phoneNumber", "79********1")))));

    Outcome outcome =
        failed(
            ask(
                provider(),
                renter -> renter.findRentals(SampleRentals.search(REQUEST, NOW, Set.of()))));
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void freePricesAreAskedForWhereTheyAreSwitchedOn() {
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    Reply.json(
                        200,
                        resource(
                            seen.query().contains("getPrices")
                                ? "/api/getPrices.json"
                                : "/api/getTopCountriesByService_freePrice.json"))));

    List<NumberOffer> offers =
        done(
            ask(
                with("free_price", true),
                renter -> renter.offers(new OfferWish("ru", "tg", TIMEOUT))));

    assertThat(offers).contains(new NumberOffer("ru", "tg", 43_575, usd("20"), usd("15.00")));
    assertThat(query(0)).isEqualTo("action=getPrices&country=0&service=tg");
    assertThat(query(1)).isEqualTo("action=getTopCountriesByService&service=tg&freePrice=true");
  }

  @Test
  void rentThatIsRefusedForNoKnownReasonIsLeftToOthers() {
    server().reply(text(400, "OOPS"));
    assertThat(failed(ask(provider(), renter -> renter.rent(REQUEST))).kind())
        .isEqualTo(OutcomeKind.TRANSIENT);
  }

  @Test
  void longTextIsACodeToo() {
    String code = "Your code is 123456. ".repeat(100).strip();
    server().reply(text("STATUS_OK:" + code));

    Optional<RentalStatus> told =
        done(ask(provider(), renter -> renter.rentalStatus("7", TIMEOUT)));
    assertThat(told).map(status -> status.messages().get(0).code()).contains(code);
  }

  private static Price usd(String amount) {
    return new Price(new BigDecimal(amount), "USD");
  }

  @Test
  void allOffersAreAskedForByCountryAndToldInTheWordsOfCallers() {
    server()
        .script(
            seen ->
                Future.succeededFuture(
                    seen.query().endsWith("country=187")
                        ? Reply.json(
                            200,
                            "{\"187\":{\"wa\":{\"cost\":\"1.5\",\"count\":\"7\"},\"zz\":{}},"
                                + "\"99\":{\"wa\":{\"cost\":1,\"count\":1}}}")
                        : seen.query().endsWith("country=0")
                            ? text("BAD_COUNTRY")
                            : Reply.json(200, "[]")));

    List<NumberOffer> offers =
        done(
            ask(
                with("services", new JsonObject().put("whatsapp", "wa")),
                renter -> renter.offers(new OfferWish(null, null, TIMEOUT))));

    assertThat(server().seen()).hasSize(Places.DOCUMENTED.size());
    assertThat(offers)
        .containsExactlyInAnyOrder(
            new NumberOffer("us", "wa", 7, usd("1.5"), null),
            new NumberOffer("us", "whatsapp", 7, usd("1.5"), null),
            new NumberOffer("us", "zz", 0, null, null));
  }

  @Test
  void nothingIsAskedAboutUnknownCountries() {
    List<NumberOffer> offers =
        done(ask(provider(), renter -> renter.offers(new OfferWish("xx", null, TIMEOUT))));

    assertThat(offers).isEmpty();
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void checkSaysWhatTheServiceSaysButNoOtherText() {
    server().reply(text("BAD_KEY"));
    assertThat(provider().check().detail()).contains("BAD_KEY");

    server().reply(text(403, "denied: /handler_api.php?api_key=" + TestAccount.API_KEY));
    assertThat(provider().check().healthy()).isFalse();
    assertThat(provider().check().detail()).contains("403").doesNotContain(TestAccount.API_KEY);
  }
}
