package io.signalbox.provider.fivesim;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The laws of rented numbers, with 5sim's documented answers. */
class FiveSimRentalTest extends BaseNumberProviderTest {
  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

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

  @Override
  protected List<String> secrets() {
    return List.of(TestAccount.TOKEN);
  }

  private Reply sample(String name) {
    return Reply.json(200, resource("/api/" + name));
  }

  private static Reply text(int status, String text) {
    return Reply.of(status, "text/plain; charset=utf-8", Buffer.buffer(text));
  }

  private static Reply orders(JsonObject... orders) {
    JsonArray data = new JsonArray();
    for (JsonObject order : orders) {
      data.add(order);
    }
    return Reply.json(
        200,
        new JsonObject()
            .put("Data", data)
            .put("ProductNames", new JsonArray())
            .put("Statuses", new JsonArray())
            .put("Total", data.size()));
  }

  private JsonObject order() {
    return new JsonObject(resource("/api/buy_pending.json"));
  }

  private static void assertSeen(SeenRequest seen, String path, String query) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo(path);
    assertThat(seen.query()).isEqualTo(query);
    assertThat(seen.header("Authorization")).isEqualTo("Bearer " + TestAccount.TOKEN);
    assertThat(seen.header("Accept")).isEqualTo("application/json");
  }

  @Override
  protected RentRequest request() {
    return SampleRentals.request("gb", "fb");
  }

  @Override
  protected Reply rented() {
    return sample("buy_pending.json");
  }

  @Override
  protected Rental expected() {
    return new Rental(
        "11631253",
        "+447350690992",
        new Price(new BigDecimal("33"), "USD"),
        BEGAN,
        BEGAN.plusSeconds(900));
  }

  @Override
  protected void assertRentedOnTheWire(SeenRequest seen, RentRequest request) {
    assertSeen(seen, "/user/buy/activation/england/any/facebook", "");
  }

  @Override
  protected List<ShortageCase> shortages() {
    return List.of(
        ShortageCase.of(
            "none free", text(200, resource("/api/no_free_phones.txt")), Shortage.NO_STOCK),
        ShortageCase.of("none free, as an error", text(400, "no free phones"), Shortage.NO_STOCK),
        ShortageCase.of("product", text(400, "no product"), Shortage.NOT_OFFERED),
        ShortageCase.of("wrong product", text(400, "product is incorrect"), Shortage.NOT_OFFERED),
        ShortageCase.of("country", text(400, "bad country"), Shortage.NOT_OFFERED),
        ShortageCase.of("wrong country", text(400, "country is incorrect"), Shortage.NOT_OFFERED),
        ShortageCase.of("operator", text(400, "bad operator"), Shortage.NOT_OFFERED));
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return List.of(
        ErrorCase.of("token", text(401, "Unauthorized"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("money", text(400, "not enough user balance"), OutcomeKind.PROVIDER_FAULT)
            .withCode("not enough user balance"),
        ErrorCase.of("rating", text(400, "not enough rating"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("offline", text(400, "server offline"), OutcomeKind.TRANSIENT),
        ErrorCase.of("broke down", text(500, "internal error"), OutcomeKind.UNKNOWN),
        ErrorCase.of("broke down quietly", text(400, "internal error"), OutcomeKind.UNKNOWN),
        ErrorCase.rejected("record", text(400, "record not found"), ReasonClass.NONE),
        ErrorCase.throttled(
            "address", text(503, "ip address limit is 100 requests per second"), null));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled("key", text(429, "api limit is 100 requests per second"), null);
  }

  @Override
  protected Reply checkSuccess() {
    return sample("profile.json");
  }

  @Override
  protected Reply list() {
    return orders(order());
  }

  @Override
  protected Reply emptyList() {
    return orders();
  }

  @Override
  protected List<Reply> listsOfOthers() {
    return List.of(orders(order().put("product", "google")), orders(order().put("country", "usa")));
  }

  @Override
  protected Instant listedSince() {
    return BEGAN;
  }

  @Override
  protected void assertListedOnTheWire(SeenRequest seen) {
    assertSeen(seen, "/user/orders", "category=activation&limit=100&offset=0&reverse=true");
  }

  @Override
  protected List<StatusCase> statuses() {
    RentalMessage message =
        new RentalMessage(
            "12345", "12345 is your confirmation code", Instant.parse("2026-01-01T00:01:00Z"));
    return List.of(
        status("buy_pending.json", RentalState.WAITING),
        new StatusCase(
            "ready, and nothing came",
            Reply.json(200, order().put("status", "RECEIVED").put("sms", new JsonArray())),
            new RentalStatus(RentalState.WAITING, List.of())),
        status("check_received.json", RentalState.RECEIVED, message),
        status("finish.json", RentalState.FINISHED, message),
        status("cancel.json", RentalState.CANCELLED),
        status("timeout.json", RentalState.EXPIRED),
        status("banned.json", RentalState.BANNED));
  }

  private StatusCase status(String file, RentalState state, RentalMessage... messages) {
    return new StatusCase(file, sample(file), new RentalStatus(state, List.of(messages)));
  }

  @Override
  protected Reply notFound() {
    return text(404, "order not found");
  }

  @Override
  protected void assertAskedOnTheWire(SeenRequest seen) {
    assertSeen(seen, "/user/check/11631253", "");
  }

  @Override
  protected Reply changed(RentalChange change) {
    return sample(
        switch (change) {
          case CANCEL -> "cancel.json";
          case FINISH -> "finish.json";
          case RETRY -> "check_received.json";
        });
  }

  /** More messages come in unasked: the order stays as it is. */
  @Override
  protected RentalState stateAfter(RentalChange change) {
    return switch (change) {
      case CANCEL -> RentalState.CANCELLED;
      case FINISH -> RentalState.FINISHED;
      case RETRY -> RentalState.RECEIVED;
    };
  }

  @Override
  protected void assertChangedOnTheWire(SeenRequest seen, RentalChange change) {
    String call = change == RentalChange.RETRY ? "check" : change.wireName();
    assertSeen(seen, "/user/" + call + "/11631253", "");
  }

  @Override
  protected List<Reply> tooEarly() {
    return List.of(text(400, "you need to wait time"));
  }

  @Override
  protected Reply offered(SeenRequest seen) {
    return sample("products.json");
  }

  @Override
  protected List<NumberOffer> expectedOffers() {
    return List.of(new NumberOffer("gb", "fb", 133, new Price(new BigDecimal("21"), "USD"), null));
  }
}
