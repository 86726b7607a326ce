package io.signalbox.simulator.fivesim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.Reply;
import io.signalbox.simulator.SimulatorClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiveSimApiTest {
  private static final String BUY = "/v1/user/buy/activation/england/any/facebook";

  private SimulatorClient simulator;
  private String url;
  private String token;

  @BeforeEach
  void start() throws Exception {
    simulator = SimulatorClient.started();
    url = simulator.url("fivesim");
    token = simulator.account("fivesim").getString("token");
    books(new JsonObject().put("auto_codes", false));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Reply get(String path) throws Exception {
    return simulator.call("GET", url + path, Map.of("Authorization", "Bearer " + token), "");
  }

  private JsonObject books(JsonObject change) throws Exception {
    Reply reply = simulator.control("POST", "/fivesim/books", change.encode());
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private JsonObject books() throws Exception {
    return simulator.control("GET", "/fivesim/books", "").json();
  }

  private JsonObject bought() throws Exception {
    Reply reply = get(BUY);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private void assertText(Reply reply, int status, String text) {
    assertThat(reply.body()).isEqualTo(text);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("text/plain");
  }

  private static JsonObject stock(String product, String price, int count) {
    JsonObject shelf =
        new JsonObject()
            .put("country", "england")
            .put("service", product)
            .put("price", price)
            .put("count", count);
    return new JsonObject().put("stock", new JsonArray().add(shelf));
  }

  @Test
  void sellsAnOrderWithEveryDocumentedField() throws Exception {
    JsonObject order = bought();

    assertThat(order.fieldNames())
        .containsExactlyInAnyOrder(
            "id",
            "phone",
            "operator",
            "product",
            "price",
            "status",
            "expires",
            "sms",
            "created_at",
            "forwarding",
            "forwarding_number",
            "country");
    assertThat(order.getString("status")).isEqualTo("PENDING");
    assertThat(order.getString("phone")).matches("\\+\\d{11}");
    assertThat(order.getDouble("price")).isEqualTo(21);
    assertThat(get("/v1/user/check/" + order.getLong("id")).json()).isEqualTo(order);
    assertThat(books().getString("spent")).isEqualTo("21.00");
    assertThat(simulator.received("fivesim")).hasSize(1);
  }

  @Test
  void aMessageComesInAndTheOrderIsFinished() throws Exception {
    long id = bought().getLong("id");
    assertText(get("/v1/user/finish/" + id), 400, "order no sms");
    JsonObject message = new JsonObject().put("id", "" + id).put("code", "12345");
    books(new JsonObject().put("receive", new JsonArray().add(message)));

    JsonObject order = get("/v1/user/check/" + id).json();
    assertThat(order.getString("status")).isEqualTo("RECEIVED");
    JsonObject sms = order.getJsonArray("sms").getJsonObject(0);
    assertThat(sms.fieldNames())
        .containsExactlyInAnyOrder("created_at", "date", "sender", "text", "code");
    assertThat(sms.getString("code")).isEqualTo("12345");
    assertText(get("/v1/user/cancel/" + id), 400, "order has sms");
    assertThat(get("/v1/user/finish/" + id).json().getString("status")).isEqualTo("FINISHED");
    assertThat(books().getString("spent")).isEqualTo("21.00");
    assertThat(books().getInteger("live")).isZero();
  }

  @Test
  void messagesComeInByThemselvesIfTheBooksSaySo() throws Exception {
    books(new JsonObject().put("auto_codes", true));
    simulator.set("fivesim", new JsonObject().put("receipt_delay_ms", 20));
    long id = bought().getLong("id");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get("/v1/user/check/" + id).json().getString("status").equals("RECEIVED"));
  }

  @ParameterizedTest
  @CsvSource({"cancel,CANCELED", "ban,BANNED"})
  void whatIsGivenBackIsPaidBack(String call, String status) throws Exception {
    long id = bought().getLong("id");

    assertThat(get("/v1/user/" + call + "/" + id).json().getString("status")).isEqualTo(status);
    assertText(get("/v1/user/" + call + "/" + id), 400, "order expired");
    assertThat(books().getString("spent")).isEqualTo("0");
    assertThat(books().getString("balance")).isEqualTo("1000000.00");
  }

  @Test
  void refusesToTakeBackTooEarlyIfTheBooksSaySo() throws Exception {
    books(new JsonObject().put("cancel_after_seconds", 60));
    long id = bought().getLong("id");

    assertText(get("/v1/user/cancel/" + id), 400, "you need to wait time");
  }

  @Test
  void saysWhyItSellsNothing() throws Exception {
    assertText(get("/v1/user/buy/activation/england/any/nothing"), 400, "no product");
    assertText(get("/v1/user/buy/activation/atlantis/any/facebook"), 400, "bad country");
    assertText(get("/v1/user/buy/activation/england/nobody/facebook"), 400, "bad operator");
    assertText(get(BUY + "?maxPrice=20.99"), 200, "no free phones");
    assertThat(get(BUY + "?maxPrice=21").json().getString("status")).isEqualTo("PENDING");
    books(stock("facebook", "21", 0));
    assertText(get(BUY), 200, "no free phones");
    books(stock("facebook", "21", 1).put("balance", "20"));
    assertText(get(BUY), 400, "not enough user balance");
    assertText(get("/v1/user/check/1"), 404, "order not found");
  }

  @Test
  void whatHasATokenNeedsItAndPricesDoNot() throws Exception {
    Reply refused = simulator.call("GET", url + BUY, Map.of("Authorization", "Bearer x"), "");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(simulator.call("GET", url + BUY, Map.of(), "").status()).isEqualTo(401);

    Reply open = simulator.call("GET", url + "/v1/guest/products/england/any", Map.of(), "");
    assertThat(open.json().getJsonObject("facebook"))
        .isEqualTo(new JsonObject("{\"Category\":\"activation\",\"Qty\":1260,\"Price\":21.00}"));
    assertThat(get("/v1/user/profile").json().getDouble("balance")).isEqualTo(1_000_000);
  }

  @Test
  void pricesBeginWithWhatWasNotAskedFor() throws Exception {
    JsonObject offer =
        get("/v1/guest/prices?country=usa").json().getJsonObject("usa").getJsonObject("google");
    assertThat(offer.getJsonObject("virtual21").fieldNames())
        .containsExactlyInAnyOrder("cost", "count", "rate");
    assertThat(get("/v1/guest/prices?product=google").json().getJsonObject("google").fieldNames())
        .containsExactlyInAnyOrder("russia", "england", "usa");
  }

  @Test
  void ordersAreListedByPage() throws Exception {
    List<Long> ids =
        List.of(bought().getLong("id"), bought().getLong("id"), bought().getLong("id"));

    JsonObject page = get("/v1/user/orders?category=activation&limit=2&reverse=true").json();
    assertThat(page.getInteger("Total")).isEqualTo(3);
    assertThat(idsOf(page)).containsExactly(ids.get(2), ids.get(1));
    assertThat(
            idsOf(get("/v1/user/orders?category=activation&offset=2&limit=2&reverse=true").json()))
        .containsExactly(ids.get(0));
    assertThat(idsOf(get("/v1/user/orders?category=activation").json()))
        .containsExactlyElementsOf(ids);
    assertThat(idsOf(get("/v1/user/orders?category=hosting").json())).isEmpty();
  }

  private static List<Long> idsOf(JsonObject page) {
    return page.getJsonArray("Data").stream()
        .map(order -> ((JsonObject) order).getLong("id"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "error,500,internal error",
    "unavailable,503,server offline",
    "throttle,429,api limit is 100 requests per second"
  })
  void failsInItsOwnWords(String mode, int status, String text) throws Exception {
    simulator.set("fivesim", new JsonObject().put("mode", mode));

    assertText(get(BUY), status, text);
    assertThat(books().getJsonArray("orders")).isEmpty();
  }

  @Test
  void faultsCanBeLimitedToCalls() throws Exception {
    JsonObject fault =
        new JsonObject().put("mode", "cut").put("calls", new JsonArray().add("rent"));
    simulator.set("fivesim", fault);

    assertThatThrownBy(() -> get(BUY)).isInstanceOf(IOException.class);

    JsonObject page = get("/v1/user/orders?category=activation&reverse=true").json();
    // The JDK's client repeats what is GET by itself, and so buys twice.
    assertThat(idsOf(page)).isNotEmpty();
    assertThat(get("/v1/user/cancel/" + idsOf(page).get(0)).status()).isEqualTo(200);
  }
}
