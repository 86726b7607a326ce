package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchApiTest {
  private static final String PATH = SendRoutes.NOTIFICATIONS;

  @TempDir private Path dir;
  private TestGateway gateway;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
    calls = new Calls(gateway.url());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void findsByEachFilterAndPagesFromTheNewestToTheOldest() throws Exception {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sent.add(send("email", "recipient_email", "a" + i + "@example.org", "default"));
    }
    String sms = send("sms", "recipient_phone", "+15550001234", "default");
    send("sms", "recipient_phone", "+15550001234", "other");

    assertThat(ids("?channel=sms")).containsExactly(sms);
    assertThat(ids("?recipient=%2B15550001234")).containsExactly(sms);
    assertThat(ids("?recipient=A3@example.org")).containsExactly(sent.get(3));
    assertThat(ids("?state=queued")).hasSize(6);
    assertThat(ids("?state=sent")).isEmpty();
    assertThat(ids("?provider=nobody")).isEmpty();
    assertThat(ids("?accepted_after=2999-01-01T00:00:00Z")).isEmpty();
    assertThat(ids("?accepted_after=%2B80000-01-01T00:00:00Z")).isEmpty();
    assertThat(ids("?accepted_before=%2B80000-01-01T00:00:00Z")).hasSize(6);
    assertThat(ids("?accepted_before=2001-01-01T00:00:00Z")).isEmpty();
    assertThat(ids("?accepted_after=2001-01-01T00:00:00Z&accepted_before=2999-01-01T00:00:00Z"))
        .hasSize(6);

    List<String> paged = new ArrayList<>();
    String next = "";
    do {
      JsonObject page = page("?channel=email&limit=2" + next).json();
      page.getJsonArray("notifications")
          .forEach(each -> paged.add(((JsonObject) each).getString("id")));
      next = page.containsKey("next") ? "&after=" + page.getString("next") : "";
    } while (!next.isEmpty());
    List<String> newestFirst = new ArrayList<>(sent);
    Collections.reverse(newestFirst);
    assertThat(paged).isEqualTo(newestFirst);
    assertThat(page("").text()).doesNotContain("example.org", "5550001234");
    JsonObject posted =
        new JsonObject().put("recipient", "A3@example.org").put("channel", "email").put("limit", 5);
    Reply found =
        calls.send("POST", PATH + "/search", posted.encode(), "authorization", token("default"));
    assertThat(found.json().getJsonArray("notifications").getJsonObject(0).getString("id"))
        .isEqualTo(sent.get(3));
    assertThat(found.json().getJsonArray("notifications")).hasSize(1);
  }

  @Test
  void aLargeAnswerIsMadeSmallForThoseWhoTakeIt() throws Exception {
    for (int i = 0; i < 20; i++) {
      send("email", "recipient_email", "a@example.org", "default");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + PATH))
            .headers("authorization", token("default"), "accept-encoding", "br;q=1, gzip;q=0.5")
            .build();
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(answer.headers().firstValue("vary")).contains("accept-encoding");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(new JsonObject(text).getJsonArray("notifications")).hasSize(20);
      assertThat(text.length()).isGreaterThan(3 * answer.body().length);
    }
    assertThat(page("").header("content-encoding")).isEmpty();
    Reply none =
        calls.send(
            "GET", PATH, "", "authorization", token("default"), "accept-encoding", "gzip;q=0");
    assertThat(none.header("content-encoding")).isEmpty();
  }

  private List<String> ids(String query) throws Exception {
    return page(query).json().getJsonArray("notifications").stream()
        .map(each -> ((JsonObject) each).getString("id"))
        .toList();
  }

  private Reply page(String query) throws Exception {
    Reply reply = calls.send("GET", PATH + query, "", "authorization", token("default"));
    assertThat(reply.status()).as(query + reply.text()).isEqualTo(200);
    return reply;
  }

  private String send(String channel, String field, String recipient, String tenant)
      throws Exception {
    JsonObject body =
        new JsonObject()
            .put("notification_type", "greeting")
            .put("channel", channel)
            .put(field, recipient)
            .put("message", "hello");
    return calls
        .send(
            "POST",
            PATH + "/send",
            body.encode(),
            "authorization",
            token(tenant),
            "content-type",
            "application/json")
        .json()
        .getString("id");
  }

  private String token(String tenant) {
    return "Bearer " + gateway.token(Role.ADMIN, tenant);
  }
}
