package io.signalbox.simulator.smsactivate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.Reply;
import io.signalbox.simulator.SimulatorClient;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsActivateApiTest {
  private static final String PLUGIN = "smsactivate";
  private static final String RENT_V2 = "getNumberV2&service=wa&country=187";

  private SimulatorClient simulator;
  private String key;

  @BeforeEach
  void start() throws Exception {
    simulator = SimulatorClient.started();
    key = simulator.account(PLUGIN).getString("api_key");
    change(new JsonObject().put("auto_codes", false).put("cancel_after_seconds", 0));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Reply call(String method, String action, String apiKey) throws Exception {
    String url = simulator.url(PLUGIN) + "/stubs/handler_api.php";
    String query = "?api_key=" + apiKey + "&action=" + action;
    return simulator.call(method, url + query, Map.of(), "");
  }

  /** By POST: the client of the JDK would repeat a GET whose connection was cut. */
  private String text(String action) throws Exception {
    Reply reply = call("POST", action, key);
    assertThat(reply.status()).isEqualTo(200);
    return reply.body();
  }

  private JsonObject json(String action) throws Exception {
    return new JsonObject(text(action));
  }

  private String rented() throws Exception {
    return json(RENT_V2).getValue("activationId").toString();
  }

  private JsonObject books() throws Exception {
    return simulator.control("GET", "/" + PLUGIN + "/books", "").json();
  }

  private JsonObject change(JsonObject change) throws Exception {
    Reply reply = simulator.control("POST", "/" + PLUGIN + "/books", change.encode());
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private void receive(String id, String code) throws Exception {
    JsonObject one = new JsonObject().put("id", id).put("code", code);
    change(new JsonObject().put("receive", new JsonArray().add(one)));
  }

  private void stock(JsonObject shelf) throws Exception {
    change(
        new JsonObject()
            .put("stock", new JsonArray().add(shelf.put("country", "187").put("service", "wa"))));
  }

  private void mode(String mode) throws Exception {
    simulator.set(
        PLUGIN, new JsonObject().put("mode", mode).put("calls", new JsonArray().add("rent")));
  }

  @Test
  void rentsInBothForms() throws Exception {
    assertThat(text("getNumber&service=wa&country=187")).matches("ACCESS_NUMBER:\\d+:7\\d{10}");
    JsonObject second = json(RENT_V2);

    assertThat(second.getInteger("currency")).isEqualTo(840);
    assertThat(second.getString("countryCode")).isEqualTo("187");
    assertThat(second.getString("activationTime")).matches("[0-9-]{10} [0-9:]{8}");
    assertThat(books().getInteger("live")).isEqualTo(2);
    assertThat(books().getString("spent")).isEqualTo("40.00");
    assertThat(text("getBalance")).isEqualTo("ACCESS_BALANCE:999960.00");
    assertThat(simulator.received(PLUGIN)).hasSize(2);
  }

  @Test
  void rentsUnderALimitAndAtAFreePrice() throws Exception {
    assertThat(text(RENT_V2 + "&maxPrice=19.99")).isEqualTo("WRONG_MAX_PRICE:20.00");
    assertThat(text(RENT_V2 + "&maxPrice=14&freePrice=true")).isEqualTo("WRONG_MAX_PRICE:15.00");
    assertThat(json(RENT_V2 + "&maxPrice=19.99&freePrice=true").getDouble("activationCost"))
        .isEqualTo(15.0);
  }

  @Test
  void listsStockAndPrices() throws Exception {
    stock(new JsonObject().put("price", 7.5).put("count", 3).put("free_prices", new JsonObject()));

    assertThat(json("getNumbersStatus&country=187").getInteger("wa_0")).isEqualTo(3);
    JsonObject price = json("getPrices&country=187&service=wa").getJsonObject("187");
    assertThat(price.getJsonObject("wa").getDouble("cost")).isEqualTo(7.5);
    assertThat(price.fieldNames()).containsExactly("wa");
    JsonObject top = json("getTopCountriesByService&service=tg&freePrice=true");
    assertThat(top.getJsonObject("16").getJsonObject("freePriceMap").getMap())
        .isEqualTo(Map.of("15.00", 300, "18.00", 600));
  }

  @Test
  void refusesForWantOfStockAndMoney() throws Exception {
    stock(new JsonObject().put("count", 0));
    assertThat(text(RENT_V2)).isEqualTo("NO_NUMBERS");
    change(new JsonObject().put("balance", "19.99"));
    assertThat(text("getNumberV2&service=tg&country=187")).isEqualTo("NO_BALANCE");
    assertThat(books().getInteger("live")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "getNumberV2&service=zz,BAD_SERVICE",
    "getNumberV2,BAD_SERVICE",
    "getStatus&id=1,NO_ACTIVATION",
    "getStatus&id=x,NO_ACTIVATION",
    "setStatus&id=1&status=8,NO_ACTIVATION",
    "getActiveActivations,NO_ACTIVATIONS",
    "dance,BAD_ACTION"
  })
  void answersErrorsAsText(String action, String answer) throws Exception {
    assertThat(text(action)).isEqualTo(answer);
  }

  @Test
  void refusesWrongKeysAndPaths() throws Exception {
    assertThat(call("GET", "getBalance", "wrong").body()).isEqualTo("BAD_KEY");
    assertThat(call("GET", "getBalance", "").body()).isEqualTo("NO_KEY");
    assertThat(call("GET", "getBalance", key).body()).startsWith("ACCESS_BALANCE:");
    assertThat(simulator.call("GET", simulator.url(PLUGIN) + "/x", Map.of(), "").status())
        .isEqualTo(404);
  }

  @Test
  void goesFromWaitingOverAnotherCodeToTheEnd() throws Exception {
    String id = rented();
    assertThat(text("getStatus&id=" + id)).isEqualTo("STATUS_WAIT_CODE");
    assertThat(text("setStatus&status=1&id=" + id)).isEqualTo("ACCESS_READY");
    assertThat(text("setStatus&status=6&id=" + id)).isEqualTo("BAD_STATUS");
    receive(id, "123456");
    assertThat(text("getStatus&id=" + id)).isEqualTo("STATUS_OK:123456");
    assertThat(text("setStatus&status=8&id=" + id)).isEqualTo("BAD_STATUS");
    assertThat(text("setStatus&status=3&id=" + id)).isEqualTo("ACCESS_RETRY_GET");
    assertThat(text("getStatus&id=" + id)).isEqualTo("STATUS_WAIT_RETRY:123456");
    receive(id, "777");
    JsonObject listed =
        json("getActiveActivations").getJsonArray("activeActivations").getJsonObject(0);
    assertThat(listed.getString("activationId")).isEqualTo(id);
    assertThat(listed.getString("smsCode")).isEqualTo("777");
    assertThat(text("setStatus&status=6&id=" + id)).isEqualTo("ACCESS_ACTIVATION");
    assertThat(text("getActiveActivations")).isEqualTo("NO_ACTIVATIONS");
    JsonObject order = books().getJsonArray("orders").getJsonObject(0);
    assertThat(order.getString("state")).isEqualTo("finished");
    assertThat(order.getJsonArray("codes")).isEqualTo(new JsonArray().add("123456").add("777"));
    assertThat(books().getString("spent")).isEqualTo("20.00");
  }

  @Test
  void cancelsOnceAndNotTooEarly() throws Exception {
    change(new JsonObject().put("cancel_after_seconds", 120));
    String id = rented();
    assertThat(text("setStatus&status=8&id=" + id)).isEqualTo("EARLY_CANCEL_DENIED");
    change(new JsonObject().put("cancel_after_seconds", 0));
    assertThat(text("setStatus&status=8&id=" + id)).isEqualTo("ACCESS_CANCEL");
    assertThat(text("setStatus&status=8&id=" + id)).isEqualTo("BAD_STATUS");
    assertThat(text("getStatus&id=" + id)).isEqualTo("STATUS_CANCEL");
    assertThat(books().getString("spent")).isEqualTo("0");
  }

  @Test
  void knowsAnOrderIdAgain() throws Exception {
    rented();
    json(RENT_V2 + "&orderId=a-1");
    assertThat(text(RENT_V2 + "&orderId=a-1")).isEqualTo("ORDER_ALREADY_EXISTS");
    assertThat(books().getJsonArray("orders").getJsonObject(1).getString("reference"))
        .isEqualTo("a-1");
  }

  @Test
  void tellsOfACodeByWebhook() throws Exception {
    try (WebhookCatcher catcher = new WebhookCatcher()) {
      simulator.set(
          PLUGIN, new JsonObject().put("webhook_url", catcher.url()).put("receipt_delay_ms", 0));
      change(new JsonObject().put("auto_codes", true));
      String id = rented();
      await().atMost(Duration.ofSeconds(60)).until(() -> !catcher.caught().isEmpty());
      assertThat(catcher.caught().get(0).uri())
          .endsWith("?secret=" + simulator.account(PLUGIN).getString("webhook_secret"));
      JsonObject body = new JsonObject(catcher.caught().get(0).body());
      assertThat(body.fieldNames())
          .containsExactlyInAnyOrder(
              "activationId", "service", "text", "code", "country", "receivedAt");
      assertThat(body.getValue("activationId").toString()).isEqualTo(id);
      assertThat(body.getInteger("country")).isEqualTo(187);
      assertThat(text("getStatus&id=" + id)).isEqualTo("STATUS_OK:" + body.getString("code"));
    }
  }

  @Test
  void failsAfterRentingOrBefore() throws Exception {
    mode("error_after");
    assertThat(text(RENT_V2)).isEqualTo("ERROR_SQL");
    assertThat(books().getInteger("live")).isEqualTo(1);
    mode("cut");
    assertThatThrownBy(() -> text(RENT_V2)).isInstanceOf(IOException.class);
    assertThat(books().getInteger("live")).isEqualTo(2);
    mode("cut_before");
    assertThatThrownBy(() -> text(RENT_V2)).isInstanceOf(IOException.class);
    mode("error");
    assertThat(text(RENT_V2)).isEqualTo("ERROR_SQL");
    mode("throttle");
    assertThat(call("POST", RENT_V2, key).status()).isEqualTo(429);
    mode("reject");
    assertThat(text(RENT_V2)).isEqualTo("BAD_SERVICE");
    assertThat(books().getInteger("live")).isEqualTo(2);
  }

  @Test
  void keepsFaultsToTheCallsThatAreNamed() throws Exception {
    mode("error");
    assertThat(text("getBalance")).startsWith("ACCESS_BALANCE:");
    assertThat(text(RENT_V2)).isEqualTo("ERROR_SQL");
    simulator.set(PLUGIN, new JsonObject().put("mode", "ok"));
    assertThat(simulator.describe(PLUGIN).getJsonArray("calls")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"money\":1}|/money",
        "{\"balance\":\"-1\"}|/balance",
        "{\"auto_codes\":1}|/auto_codes",
        "{\"lifetime_seconds\":-1}|/lifetime_seconds",
        "{\"stock\":{}}|/stock",
        "{\"stock\":[{\"country\":\"1\"}]}|/stock/0",
        "{\"stock\":[{\"country\":\"1\",\"service\":\"a\"}]}|/stock/0/price",
        "{\"stock\":[{\"country\":\"0\",\"service\":\"wa\",\"count\":1.5}]}|/stock/0/count",
        "{\"receive\":[{\"id\":\"7\"}]}|/receive/0/id"
      })
  void refusesBadChangesOfTheBooks(String body, String pointer) throws Exception {
    JsonObject before = books();
    Reply reply = simulator.control("POST", "/" + PLUGIN + "/books", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo(pointer);
    assertThat(books()).isEqualTo(before);
  }

  @Test
  void forgetsOrdersAndHasBooksForItselfOnly() throws Exception {
    rented();
    assertThat(simulator.control("DELETE", "/" + PLUGIN + "/books", "").status()).isEqualTo(204);
    assertThat(books().getJsonArray("orders")).isEmpty();
    assertThat(simulator.control("GET", "/twilio/books", "").status()).isEqualTo(404);
    assertThat(simulator.control("POST", "/" + PLUGIN + "/books", "[]").status()).isEqualTo(400);
  }
}
