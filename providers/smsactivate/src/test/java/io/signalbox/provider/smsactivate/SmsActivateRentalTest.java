package io.signalbox.provider.smsactivate;

import static io.signalbox.provider.smsactivate.TestAccount.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.spi.operation.Shortage;
import io.signalbox.testkit.BaseNumberProviderTest;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleRentals;
import io.signalbox.testkit.SeenRequest;
import io.signalbox.testkit.ShortageCase;
import io.signalbox.testkit.StatusCase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class SmsActivateRentalTest extends BaseNumberProviderTest {
  private static final String ID = "635468024";
  private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:08Z");
  private static final String KEY = "api_key=" + TestAccount.API_KEY + "&action=";

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

  @Override
  protected List<String> secrets() {
    return List.of(TestAccount.API_KEY);
  }

  @Override
  protected RentRequest request() {
    return SampleRentals.request("ru", "tg");
  }

  private JsonObject activation() {
    return new JsonObject(resource("/api/getNumberV2.json"))
        .put("activationTime", "2026-01-01 00:00:08");
  }

  @Override
  protected Reply rented() {
    return Reply.json(200, activation());
  }

  @Override
  protected Rental expected() {
    return new Rental(
        ID, "+79584123456", usd("12.5"), BEGUN, Instant.parse("2026-01-01T00:20:08Z"));
  }

  private static Price usd(String amount) {
    return new Price(new BigDecimal(amount), "USD");
  }

  @Override
  protected void assertRentedOnTheWire(SeenRequest seen, RentRequest request) {
    assertAsked(seen, "getNumberV2&service=tg&country=0");
  }

  private static void assertAsked(SeenRequest seen, String action) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/stubs/handler_api.php");
    assertThat(seen.query()).isEqualTo(KEY + action);
    assertThat(seen.body().length()).isZero();
  }

  @Override
  protected List<ShortageCase> shortages() {
    List<ShortageCase> cases = new ArrayList<>();
    cases.add(
        ShortageCase.of(
            "no numbers", text(resource("/api/error_no_numbers.txt")), Shortage.NO_STOCK));
    cases.add(
        new ShortageCase(
            "limit under the lowest price",
            text(resource("/api/error_wrong_max_price.txt")),
            Shortage.PRICE_LIMIT,
            usd("6.50")));
    cases.add(
        ShortageCase.of(
            "limit, and no lowest price", text("WRONG_MAX_PRICE"), Shortage.PRICE_LIMIT));
    cases.add(ShortageCase.of("with 404", text(404, " NO_NUMBERS\n"), Shortage.NO_STOCK));
    for (String word :
        List.of(
            "BAD_SERVICE",
            "WRONG_SERVICE",
            "BAD_COUNTRY",
            "SERVICE_NOT_AVAILABLE_THIS_COUNTRY",
            "SERVICE_UNAVAILABLE_REGION")) {
      cases.add(ShortageCase.of(word, text(word), Shortage.NOT_OFFERED));
    }
    return cases;
  }

  private JsonObject listed() {
    return activation()
        .put("activationId", ID)
        .put("serviceCode", "tg")
        .put("countryCode", 0)
        .put("activationStatus", "4")
        .putNull("smsCode");
  }

  private static Reply list(JsonObject... rentals) {
    return Reply.json(
        200,
        new JsonObject()
            .put("status", "success")
            .put("activeActivations", new JsonArray(List.of((Object[]) rentals))));
  }

  @Override
  protected Reply list() {
    return list(
        listed().put("activationId", "1").put("serviceCode", "wa"),
        listed().put("activationId", "2").put("countryCode", "187"),
        listed().put("activationId", "3").put("activationTime", "2025-12-31 23:50:00"),
        listed());
  }

  @Override
  protected Reply emptyList() {
    return text("NO_ACTIVATIONS");
  }

  @Override
  protected List<Reply> listsOfOthers() {
    return List.of(list(listed().put("serviceCode", "wa")), list(listed().put("countryCode", "1")));
  }

  @Override
  protected Instant listedSince() {
    return BEGUN;
  }

  @Override
  protected void assertListedOnTheWire(SeenRequest seen) {
    assertAsked(seen, "getActiveActivations");
  }

  @Override
  protected List<StatusCase> statuses() {
    return List.of(
        status("getStatus_wait", RentalState.WAITING),
        status("getStatus_retry", RentalState.WAITING_FOR_ANOTHER, "123456"),
        status("getStatus_resend", RentalState.WAITING_FOR_ANOTHER),
        status("getStatus_ok", RentalState.RECEIVED, "123456"),
        new StatusCase("code with colons", text("STATUS_OK:12:34"), received("12:34")),
        status("getStatus_cancel", RentalState.ENDED));
  }

  private StatusCase status(String file, RentalState state, String... codes) {
    List<RentalMessage> messages =
        List.of(codes).stream().map(code -> new RentalMessage(code, null, null)).toList();
    return new StatusCase(
        file, text(resource("/api/" + file + ".txt")), new RentalStatus(state, messages));
  }

  private static RentalStatus received(String code) {
    return new RentalStatus(RentalState.RECEIVED, List.of(new RentalMessage(code, null, null)));
  }

  @Override
  protected Reply notFound() {
    return text(resource("/api/error_no_activation.txt"));
  }

  @Override
  protected void assertAskedOnTheWire(SeenRequest seen) {
    assertAsked(seen, "getStatus&id=" + ID);
  }

  @Override
  protected Reply changed(RentalChange change) {
    return text(resource("/api/setStatus_" + number(change) + ".txt"));
  }

  private static String number(RentalChange change) {
    return switch (change) {
      case CANCEL -> "8";
      case FINISH -> "6";
      case RETRY -> "3";
    };
  }

  @Override
  protected RentalState stateAfter(RentalChange change) {
    return switch (change) {
      case CANCEL -> RentalState.CANCELLED;
      case FINISH -> RentalState.FINISHED;
      case RETRY -> RentalState.WAITING_FOR_ANOTHER;
    };
  }

  @Override
  protected void assertChangedOnTheWire(SeenRequest seen, RentalChange change) {
    assertAsked(seen, "setStatus&id=" + ID + "&status=" + number(change));
  }

  @Override
  protected List<Reply> tooEarly() {
    return List.of(text(resource("/api/error_early_cancel.txt")), text(409, "EARLY_CANCEL_DENIED"));
  }

  @Override
  protected Reply offered(SeenRequest seen) {
    assertAsked(seen, "getPrices&country=0&service=tg");
    return Reply.json(200, resource("/api/getPrices.json"));
  }

  @Override
  protected List<NumberOffer> expectedOffers() {
    return List.of(
        new NumberOffer("ru", "tg", 2_000, usd("20"), null),
        new NumberOffer("ru", "wa", 300, usd("25"), null));
  }

  @Override
  protected Reply checkSuccess() {
    return text(resource("/api/getBalance.txt"));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled("429", text(429, "RATE_LIMITED"), null).withCode("RATE_LIMITED");
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    List<ErrorCase> cases = new ArrayList<>();
    for (String word :
        List.of(
            "BAD_KEY",
            "WRONG_KEY",
            "NO_KEY",
            "NO_BALANCE",
            "NO_BALANCE_FORWARD",
            "BAD_ACTION",
            "WRONG_EXCEPTION_PHONE")) {
      cases.add(error(word, 200, OutcomeKind.PROVIDER_FAULT));
    }
    cases.add(error("BAD_KEY", 401, OutcomeKind.PROVIDER_FAULT));
    cases.add(
        ErrorCase.of("banned", text(resource("/api/error_banned.txt")), OutcomeKind.PROVIDER_FAULT)
            .withCode("BANNED"));
    cases.add(error("CHANNELS_LIMIT", 200, OutcomeKind.THROTTLED));
    for (String word : List.of("ERROR_SQL", "SQL_ERROR", "SERVER ERROR", "ORDER_ALREADY_EXISTS")) {
      // Whether a number was rented before the server broke down, nobody knows.
      cases.add(error(word, 200, OutcomeKind.UNKNOWN));
    }
    cases.add(error("ERROR_SQL", 500, OutcomeKind.UNKNOWN));
    cases.add(error("BAD_STATUS", 200, OutcomeKind.REJECTED));
    cases.add(error("NO_ACTIVATION", 200, OutcomeKind.REJECTED));
    cases.add(error("WRONG_ACTIVATION_ID", 200, OutcomeKind.REJECTED));
    cases.add(
        ErrorCase.of("a word of no document", text("OOPS"), OutcomeKind.UNKNOWN)
            .withCode("unreadable_answer"));
    return cases;
  }

  private static ErrorCase error(String word, int status, OutcomeKind kind) {
    return ErrorCase.of(word + " with " + status, text(status, word), kind).withCode(word);
  }
}
