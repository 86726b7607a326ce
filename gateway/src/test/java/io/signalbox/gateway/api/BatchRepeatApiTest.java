package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repeated batches, one item of which has a mistake by now: its template is gone. */
class BatchRepeatApiTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TEMPLATE = "/api/v1/templates/t";
  private static final String ASKED =
      "{\"notification_type\":\"g\",\"channel\":\"email\",\"recipient_email\":\"a@example.org\",";
  private static final String PLAIN = ASKED + "\"title\":\"t\",\"message\":\"m\"}";
  private static final String TEMPLATED = ASKED + "\"template\":\"t\",\"data\":{}}";

  @TempDir private Path dir;
  private TestGateway gateway;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of("quotas.tenants", "small=2/0"));
    calls = new Calls(gateway.url());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void whatWasStoredIsToldAsStoredThoughTheOthersAreOverTheQuota() throws Exception {
    putTemplate("small");
    String id = id(batch("small", TEMPLATED), 0);
    assertThat(call("small", "POST", "/api/v1/notifications/send", PLAIN).status()).isEqualTo(202);
    removeTemplate("small");

    Calls.Reply again = batch("small", TEMPLATED, PLAIN);
    assertThat(again.status()).as(again.text()).isEqualTo(202);
    assertThat(statuses(again)).containsExactly(202, 429);
    assertThat(id(again, 0)).isEqualTo(id);
  }

  @Test
  void whatCannotBeLookedUpDoesNotStopTheOthers() throws Exception {
    putTemplate("large");
    String id = id(batch("large", TEMPLATED), 0);
    removeTemplate("large");

    gateway.lookUps().away(true);
    Calls.Reply again = batch("large", TEMPLATED, PLAIN, PLAIN);
    assertThat(again.status()).as(again.text()).isEqualTo(202);
    assertThat(statuses(again)).containsExactly(503, 202, 202);
    assertThat(again.text()).contains("cannot be looked up now");
    assertThat(batch("large", TEMPLATED).status()).isEqualTo(503);

    gateway.lookUps().away(false);
    Calls.Reply last = batch("large", TEMPLATED, PLAIN, PLAIN);
    assertThat(statuses(last)).containsExactly(202, 202, 202);
    assertThat(id(last, 0)).isEqualTo(id);
    assertThat(id(last, 1)).isEqualTo(id(again, 1));
  }

  @Test
  void whoMayNotSendOverTheChannelIsNotToldWhatWasStored() throws Exception {
    putTemplate("large");
    String id = id(batch("large", TEMPLATED), 0);
    assertThat(sent("authorization", "Bearer " + gateway.token(Role.ADMIN, "large")))
        .isEqualTo(202);
    removeTemplate("large");

    for (String channel : List.of("email", "sms")) {
      boolean may = channel.equals("email");
      String key = key("large", channel);
      Calls.Reply batch =
          keyed("/api/v1/notifications/batch", "[" + TEMPLATED + "]", "x-api-key", key);
      assertThat(statuses(batch)).as(channel).containsExactly(may ? 202 : 422);
      assertThat(batch.text().contains(id)).as(channel).isEqualTo(may);
      assertThat(sent("x-api-key", key)).as(channel).isEqualTo(may ? 202 : 422);
    }
  }

  /** An API key that may send over one channel alone. */
  private String key(String tenant, String channel) throws Exception {
    String wish =
        "{\"name\":\"n\",\"roles\":[\"sender\"],\"scopes\":[\"notifications:write:"
            + channel
            + "\"]}";
    Calls.Reply made = call(tenant, "POST", "/api/v1/api-keys", wish);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().getString("key");
  }

  private int sent(String credential, String value) throws Exception {
    return keyed("/api/v1/notifications/send", TEMPLATED, credential, value).status();
  }

  private Calls.Reply keyed(String path, String body, String credential, String value)
      throws Exception {
    return calls.send(
        "POST",
        path,
        body,
        credential,
        value,
        "content-type",
        "application/json",
        "idempotency-key",
        "b");
  }

  private void putTemplate(String tenant) throws Exception {
    String document =
        "{\"default_locale\":\"en\",\"locales\":{\"en\":{\"title\":\"t\",\"message\":\"m\"}}}";
    Calls.Reply made = call(tenant, "PUT", TEMPLATE, document);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
  }

  /** And waits until the gateway knows. */
  private void removeTemplate(String tenant) throws Exception {
    assertThat(call(tenant, "DELETE", TEMPLATE, "").status()).isEqualTo(200);
    await()
        .atMost(LIMIT)
        .until(() -> call(tenant, "POST", "/api/v1/notifications/send", TEMPLATED).status() == 422);
  }

  private Calls.Reply batch(String tenant, String... items) throws Exception {
    String body = "[" + String.join(",", items) + "]";
    return call(tenant, "POST", "/api/v1/notifications/batch", body, "idempotency-key", "b");
  }

  private static List<Integer> statuses(Calls.Reply reply) {
    return results(reply).stream().map(each -> each.getInteger("status")).toList();
  }

  private static String id(Calls.Reply reply, int index) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    return results(reply).get(index).getString("id");
  }

  private static List<JsonObject> results(Calls.Reply reply) {
    JsonArray results = reply.json().getJsonArray("results");
    return IntStream.range(0, results.size()).mapToObj(results::getJsonObject).toList();
  }

  private Calls.Reply call(
      String tenant, String method, String path, String body, String... headers) throws Exception {
    String token = "Bearer " + gateway.token(Role.ADMIN, tenant);
    List<String> all =
        new ArrayList<>(List.of("authorization", token, "content-type", "application/json"));
    all.addAll(List.of(headers));
    return calls.send(method, path, body, all.toArray(String[]::new));
  }
}
