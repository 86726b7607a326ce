package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Numbers are rented from real plugins, and their codes come in. The simulator has the books. */
@Timeout(300)
class NumbersIT {
  /** What is rented, in callers' words and in each provider's. */
  private record Good(
      String country,
      String service,
      String smsActivateCountry,
      String smsActivateService,
      String fiveSimCountry,
      String fiveSimService) {

    JsonObject wish() {
      return new JsonObject().put("country", country).put("service", service);
    }

    /** SMS-Activate sells at 2, 5sim at 1. */
    JsonObject shelf(String provider, int count) {
      boolean fiveSim = provider.equals(FIVE_SIM);
      return new JsonObject()
          .put("country", fiveSim ? fiveSimCountry : smsActivateCountry)
          .put("service", fiveSim ? fiveSimService : smsActivateService)
          .put("price", fiveSim ? "1" : "2")
          .put("count", count)
          .put("free_prices", new JsonObject());
    }
  }

  private static final String NUMBERS = "/api/v1/numbers";
  private static final String SMS_ACTIVATE = "smsactivate";
  private static final String FIVE_SIM = "fivesim";
  private static final List<String> PROVIDERS = List.of(SMS_ACTIVATE, FIVE_SIM);

  /** There is always some of it. */
  private static final Good PLENTY = new Good("us", "wa", "187", "wa", "usa", "whatsapp");

  /** Those that run out are of one test each: what the gateway knows of stock lasts for hours. */
  private static final Good RUNS_OUT_AT_ONE =
      new Good("gb", "wa", "16", "wa", "england", "whatsapp");

  private static final Good RUNS_OUT = new Good("us", "tg", "187", "tg", "usa", "telegram");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path data;
  private static SimulatorProcess simulator;
  private static ApiClient books;
  private static GatewayProcess gateway;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    books = new ApiClient(simulator.url(), "");
    for (Good good : List.of(PLENTY, RUNS_OUT_AT_ONE, RUNS_OUT)) {
      PROVIDERS.forEach(provider -> stock(provider, good, 500));
    }
    gateway =
        GatewayProcess.start(
            GatewaySettings.in(data)
                .against(simulator, PROVIDERS)
                .withAttemptTimeout("15s")
                .with("scoring.exploration", 0)
                .with("numbers.poll_after", "100ms")
                .with("numbers.poll_max", "300ms"));
    api = gateway.admin();
    // Nobody sells at that price, so nothing is spent while offers come in.
    for (Good good : List.of(PLENTY, RUNS_OUT_AT_ONE, RUNS_OUT)) {
      JsonObject wish = good.wish().put("max_price", 0.01);
      Awaitility.await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(rent(wish, "").json(409).encode().split("\"price\":\\{", -1))
                      .hasSizeGreaterThan(2));
    }
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  @Test
  void aNumberIsRentedItsCodeComesInAndItIsFinished() {
    JsonObject number = rent(PLENTY.wish(), "").json(201);
    String at = NUMBERS + "/" + number.getString("id");
    assertThat(number.getString("number")).startsWith("+");
    assertThat(number.getJsonObject("price").getString("currency")).isEqualTo("USD");
    assertThat(number.getJsonObject("decision").getString("rule")).isEqualTo("adjusted");
    assertThat(number.getJsonObject("decision").encode()).contains("\"stock\":", "success_rate");

    receive(number, "123456");
    JsonObject received = awaitState(at, "received");
    assertThat(received.getJsonArray("messages").getJsonObject(0).getString("code"))
        .isEqualTo("123456");
    JsonObject finished = api.call("POST", at + "/finish", "", Map.of()).json(200);
    assertThat(finished.getString("state")).isEqualTo("finished");
    assertThat(order(number).getString("state")).isEqualTo("finished");
    assertThat(gateway.output()).doesNotContain("123456", number.getString("number"));
  }

  @Test
  void whoHasNoneIsFollowedByTheNextAndANumberGoesBack() {
    JsonObject first = rent(RUNS_OUT_AT_ONE.wish(), "").json(201);
    String empty = first.getString("provider");
    stock(empty, RUNS_OUT_AT_ONE, 0);
    JsonObject second = rent(RUNS_OUT_AT_ONE.wish(), "").json(201);
    assertThat(second.getString("provider")).isNotEqualTo(empty);

    for (JsonObject each : List.of(first, second)) {
      String at = NUMBERS + "/" + each.getString("id");
      JsonObject cancelled = api.call("POST", at + "/cancel", "", Map.of()).json(200);
      assertThat(cancelled.getString("state")).isEqualTo("cancelled");
      assertThat(order(each).getBoolean("live")).isFalse();
    }
  }

  @Test
  void theCheapestIsTakenOnWish() {
    JsonObject number = rent(PLENTY.wish().put("policy", "cheapest"), "").json(201);
    assertThat(number.getString("provider")).isEqualTo(FIVE_SIM);
    assertThat(number.getJsonObject("price").getDouble("amount")).isEqualTo(1);
    assertThat(number.getJsonObject("decision").getString("rule")).isEqualTo("cheapest");
  }

  @Test
  void nobodyHasOneAndEachWasAsked() {
    PROVIDERS.forEach(provider -> stock(provider, RUNS_OUT, 0));
    JsonObject problem = rent(RUNS_OUT.wish(), "").json(409);
    assertThat(problem.getString("type")).isEqualTo("/problems/out-of-stock");
    assertThat(problem.getJsonArray("attempts").encode()).contains(SMS_ACTIVATE, FIVE_SIM);
  }

  @Test
  void aRepeatGetsTheSameNumber() {
    int before = orders();
    String id = rent(PLENTY.wish(), "signup-1").json(201).getString("id");
    assertThat(rent(PLENTY.wish(), "signup-1").json(201).getString("id")).isEqualTo(id);
    assertThat(orders()).isEqualTo(before + 1);
  }

  private static ApiClient.Answer rent(JsonObject wish, String key) {
    Map<String, String> type = Map.of("Content-Type", "application/json");
    return api.call(
        "POST",
        NUMBERS + "/rent",
        wish.encode(),
        key.isEmpty() ? type : Map.of("Content-Type", "application/json", "Idempotency-Key", key));
  }

  private static JsonObject awaitState(String at, String state) {
    return Awaitility.await()
        .atMost(LIMIT)
        .until(() -> api.get(at).json(200), now -> state.equals(now.getString("state")));
  }

  private static String path(String provider) {
    return "/_control/" + provider + "/books";
  }

  /** Codes come when a test says so. */
  private static void stock(String provider, Good good, int count) {
    books
        .post(
            path(provider),
            new JsonObject()
                .put("auto_codes", false)
                .put("cancel_after_seconds", 0)
                .put("stock", new JsonArray().add(good.shelf(provider, count))))
        .json(200);
  }

  private static void receive(JsonObject number, String code) {
    JsonObject message =
        new JsonObject().put("id", number.getString("provider_rental_id")).put("code", code);
    books
        .post(
            path(number.getString("provider")),
            new JsonObject().put("receive", new JsonArray().add(message)))
        .json(200);
  }

  private static JsonObject order(JsonObject number) {
    return all(number.getString("provider")).stream()
        .map(JsonObject.class::cast)
        .filter(order -> order.getString("id").equals(number.getString("provider_rental_id")))
        .findFirst()
        .orElseThrow();
  }

  private static int orders() {
    return all(SMS_ACTIVATE).size() + all(FIVE_SIM).size();
  }

  private static JsonArray all(String provider) {
    return books.get(path(provider)).json(200).getJsonArray("orders");
  }
}
