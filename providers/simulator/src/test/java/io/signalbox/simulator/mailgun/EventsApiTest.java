package io.signalbox.simulator.mailgun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.Reply;
import io.signalbox.simulator.SimulatorClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Events API. */
class EventsApiTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private SimulatorClient simulator;
  private String domainUrl;
  private Map<String, String> headers;

  @BeforeEach
  void start() throws Exception {
    simulator = SimulatorClient.started();
    simulator.set("mailgun", new JsonObject().put("receipt_delay_ms", 20));
    JsonObject account = simulator.account("mailgun");
    domainUrl = simulator.url("mailgun") + "/v3/" + account.getString("domain");
    String pair = "api:" + account.getString("api_key");
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    headers = Map.of("Authorization", "Basic " + encoded, "Content-Type", FORM);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void answersLookUpsByMessageAndByRecipient() throws Exception {
    send("others@example.com");
    String id = send("alex@example.com");
    awaitEvents(4);
    String bare = id.substring(1, id.length() - 1);

    JsonArray found = events("message-id=" + encoded(bare)).getJsonArray("items");
    assertThat(found)
        .extracting(event -> ((JsonObject) event).getString("event"))
        .containsExactly("delivered", "accepted");
    assertThat(events("begin=0&ascending=yes&recipient=ALEX%40example.com").getJsonArray("items"))
        .hasSize(2)
        .extracting(event -> messageId((JsonObject) event))
        .containsOnly(bare);
    assertThat(events("event=delivered").getJsonArray("items")).hasSize(2);
    assertThat(events("message-id=unknown").getJsonArray("items")).isEmpty();
    assertThat(events("begin=0&end=1").getJsonArray("items")).isEmpty();
    assertThat(
            events("begin=Thu,%2001%20Jan%202026%2000:00:00%20GMT&ascending=yes")
                .getJsonArray("items"))
        .hasSize(4);
  }

  @Test
  void pagesOfEventsFollowEachOther() throws Exception {
    send("alex@example.com");
    awaitEvents(2);

    JsonObject first = events("begin=0&ascending=yes&limit=1");
    JsonObject second = page(first, "next");
    JsonObject empty = page(second, "next");

    assertThat(eventsOf(first)).containsExactly("accepted");
    assertThat(eventsOf(second)).containsExactly("delivered");
    assertThat(eventsOf(empty)).isEmpty();
    assertThat(eventsOf(page(second, "previous"))).containsExactly("accepted");
  }

  @ParameterizedTest
  @CsvSource({"begin=soon", "end=later", "limit=301", "limit=0", "limit=many"})
  void refusesBadRanges(String query) throws Exception {
    assertThat(simulator.call("GET", eventsUrl(query), headers, "").status()).isEqualTo(400);
  }

  @Test
  void whatIsSilentCanStillBeLookedUp() throws Exception {
    String nowhere = "http://127.0.0.1:1/webhooks";
    simulator.set("mailgun", new JsonObject().put("mode", "silent").put("webhook_url", nowhere));
    send("alex@example.com");

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> eventsOf(events("recipient=alex%40example.com")).contains("delivered"));
    JsonObject counters = simulator.control("GET", "/mailgun/webhooks", "").json();
    assertThat(counters.getInteger("offered")).isZero();
  }

  private JsonObject page(JsonObject page, String direction) throws Exception {
    String next = page.getJsonObject("paging").getString(direction);
    return simulator.call("GET", next, headers, "").json();
  }

  private JsonObject events(String query) throws Exception {
    Reply reply = simulator.call("GET", eventsUrl(query), headers, "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private String eventsUrl(String query) {
    return domainUrl + "/events?" + query;
  }

  private static List<String> eventsOf(JsonObject page) {
    return page.getJsonArray("items").stream()
        .map(event -> ((JsonObject) event).getString("event"))
        .collect(Collectors.toList());
  }

  private String send(String to) throws Exception {
    String form = "from=a@b.example&subject=x&text=x&to=" + encoded(to);
    Reply reply = simulator.call("POST", domainUrl + "/messages", headers, form);
    return reply.json().getString("id");
  }

  private void awaitEvents(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> events("begin=0&ascending=yes").getJsonArray("items").size() == count);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String messageId(JsonObject event) {
    return event.getJsonObject("message").getJsonObject("headers").getString("message-id");
  }
}
