package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes with an {@code Idempotency-Key}, at one gateway or at several that share a ledger. */
abstract class BaseIdempotencyTest {
  private static final String CALLBACKS = "/api/v1/callbacks";
  private static final String API_KEYS = "/api/v1/api-keys";
  private static final String PREFERENCES = "/api/v1/preferences";
  private static final String PATCH = "{\"retry_attempts\":2}";
  private static final String CALLBACK = "{\"url\":\"http://192.0.2.1/a\"}";
  private static final String KEY = "{\"name\":\"shop\",\"roles\":[\"viewer\"]}";

  protected static final Map<String, String> SETTINGS =
      Map.of(
          "callbacks.allow_http", "true",
          "callbacks.allowed_networks", "192.0.2.0/24");

  @TempDir protected Path dir;
  private final List<TestGateway> gateways = new ArrayList<>();

  /** How many gateways there are. */
  protected abstract int count();

  protected abstract TestGateway open() throws Exception;

  /** Asks the store itself. */
  protected abstract List<String> ask(String query) throws Exception;

  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < count(); i++) {
      gateways.add(open());
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (TestGateway gateway : gateways) {
      gateway.close();
    }
  }

  @Test
  void ofAHundredAtOnceOneIsDoneAndAllThatAreAnsweredAreAnsweredAlike() throws Exception {
    // It goes over to HTTP/2 where it can.
    HttpClient client = HttpClient.newHttpClient();
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    String token = token("default");
    for (int i = 0; i < 100; i++) {
      TestGateway gateway = gateways.get(i % gateways.size());
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(gateway.url() + CALLBACKS))
              .POST(HttpRequest.BodyPublishers.ofString(CALLBACK))
              .headers("authorization", token, "idempotency-key", "one")
              .headers("content-type", "application/json")
              .build();
      sent.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    }
    int first = 0;
    TreeSet<String> locations = new TreeSet<>();
    for (CompletableFuture<HttpResponse<String>> each : sent) {
      HttpResponse<String> answer = each.get(60, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isIn(201, 409);
      if (answer.statusCode() == 201) {
        first += answer.headers().firstValue("idempotency-replayed").isPresent() ? 0 : 1;
        locations.add(answer.headers().firstValue("location").orElseThrow());
      } else {
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
      }
    }
    assertThat(first).isEqualTo(1);
    assertThat(locations).hasSize(1);
    Reply list = call(0, "GET", CALLBACKS, "", "none");
    assertThat(list.json().getJsonArray("callbacks")).hasSize(1);
    // Whoever comes later is answered as the first was, at each gateway and after a start.
    restart();
    for (int i = 0; i < gateways.size(); i++) {
      Reply again = call(i, "POST", CALLBACKS, CALLBACK, "one");
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.header("idempotency-replayed")).isEqualTo("true");
      assertThat(again.header("location")).isEqualTo(locations.first());
    }
  }

  @Test
  void aSecretIsNeitherStoredNorShownAgain() throws Exception {
    Reply first = call(0, "POST", API_KEYS, KEY, "two");
    String secret = first.json().getString("key");
    Reply again = call(gateways.size() - 1, "POST", API_KEYS, KEY, "two");
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json().getString("id")).isEqualTo(first.json().getString("id"));
    assertThat(again.json().getString("withheld")).isEqualTo("key");
    assertThat(again.header("cache-control")).isEqualTo("no-store");
    assertThat(again.text()).doesNotContain(secret);
    Reply endpoint = call(0, "POST", CALLBACKS, CALLBACK, "three");
    assertThat(endpoint.json().getString("secret")).startsWith("whsec_");
    assertThat(call(0, "POST", CALLBACKS, CALLBACK, "three").json().getString("withheld"))
        .isEqualTo("secret");
    assertThat(ask("SELECT headers, " + text("body") + " FROM request_keys"))
        .hasSize(2)
        .noneMatch(row -> row.contains(secret.substring(17)) || row.contains("whsec_"));
  }

  @Test
  void aRecipientIsNotStoredWithAnAnswer() throws Exception {
    String body =
        "{\"channel\":\"email\",\"recipient\":\"kept@example.org\",\"note\":\"by phone\"}";
    Reply first = call(0, "POST", "/api/v1/suppressions", body, "twenty");
    assertThat(first.text()).contains("kept@example.org", "by phone");
    Reply again = call(gateways.size() - 1, "POST", "/api/v1/suppressions", body, "twenty");
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(again.json().getString("withheld")).isEqualTo("recipient");
    assertThat(again.json().getInteger("added")).isOne();
    assertThat(again.json().getJsonArray("suppressions").getJsonObject(0).getString("id"))
        .isEqualTo(first.json().getJsonArray("suppressions").getJsonObject(0).getString("id"));
    assertThat(ask("SELECT " + text("body") + " FROM request_keys"))
        .hasSize(1)
        .noneMatch(row -> row.contains("kept@") || row.contains("phone"));
  }

  @Test
  void anotherRequestWithTheSameKeyIsRefused() throws Exception {
    assertThat(call(0, "POST", API_KEYS, KEY, "four").status()).isEqualTo(201);
    assertThat(call(0, "POST", API_KEYS, KEY.replace("shop", "post"), "four").status())
        .isEqualTo(422);
    Reply elsewhere = call(0, "POST", CALLBACKS, CALLBACK, "four");
    assertThat(elsewhere.status()).isEqualTo(422);
    assertThat(elsewhere.json().getString("type")).isEqualTo("/problems/idempotency-key-reused");
    assertThat(call(0, "POST", API_KEYS, KEY, "four").status()).isEqualTo(201);
    // The key of another tenant is another key.
    Reply other =
        new Calls(gateways.get(0).url())
            .send(
                "POST",
                API_KEYS,
                KEY,
                "authorization",
                token("other"),
                "idempotency-key",
                "four",
                "content-type",
                "application/json");
    assertThat(other.status()).isEqualTo(201);
    assertThat(other.json().getString("key")).isNotNull();
  }

  @Test
  void whatWasRefusedAsMistakenLeavesTheKeyFreeAndWhatWasNotFoundIsAnsweredAgain()
      throws Exception {
    assertThat(call(0, "POST", API_KEYS, "{\"name\":\"x\",\"roles\":[]}", "five").status())
        .isEqualTo(422);
    assertThat(call(0, "POST", API_KEYS, KEY, "five").status()).isEqualTo(201);
    String nobody = API_KEYS + "/aaaaaaaaaaaa";
    assertThat(call(0, "DELETE", nobody, "", "six").status()).isEqualTo(404);
    Reply again = call(0, "DELETE", nobody, "", "six");
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(call(0, "DELETE", nobody, "", "with a space").status()).isEqualTo(400);
  }

  @Test
  void whatWasNotAsItWasSeenLeavesTheKeyFreeForTheNextLook() throws Exception {
    String stale = call(0, "GET", PREFERENCES, "", "none").header("etag");
    Reply theirs = call(0, "PATCH", PREFERENCES, "{\"retry_attempts\":3}", "nine");
    Reply refused = call(0, "PATCH", PREFERENCES, PATCH, "ten", "if-match", stale);
    assertThat(refused.status()).isEqualTo(412);
    String fresh = theirs.header("etag");
    Reply done = call(0, "PATCH", PREFERENCES, PATCH, "ten", "if-match", fresh);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    Reply again = call(gateways.size() - 1, "PATCH", PREFERENCES, PATCH, "ten", "if-match", fresh);
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    // Another precondition is another request.
    assertThat(call(0, "PATCH", PREFERENCES, PATCH, "ten", "if-match", stale).status())
        .isEqualTo(422);
  }

  @Test
  void whatWasDoneBeforeItFailedIsNotDoneAgain() throws Exception {
    for (TestGateway gateway : gateways) {
      gateway.stopPreferences();
    }
    Reply first = call(0, "PATCH", PREFERENCES, PATCH, "seven");
    assertThat(first.status()).isEqualTo(503);
    assertThat(first.json().getString("detail")).contains("the change is stored");
    Reply again = call(gateways.size() - 1, "PATCH", PREFERENCES, PATCH, "seven");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().getString("type")).isEqualTo("/problems/idempotency-key-in-use");
    assertThat(again.header("retry-after")).isEqualTo("1");
    age();
    Reply later = call(0, "PATCH", PREFERENCES, PATCH, "seven");
    assertThat(later.status()).isEqualTo(409);
    assertThat(later.json().getString("type")).isEqualTo("/problems/idempotency-outcome-unknown");
    assertThat(ask("SELECT count(*) FROM audit_log WHERE action = 'preferences.change'"))
        .containsExactly("1");
  }

  private void restart() throws Exception {
    stop();
    gateways.clear();
    start();
  }

  /** Has every key of a request been taken an hour earlier. */
  protected abstract void age() throws Exception;

  /** An expression for the text of bytes. */
  protected abstract String text(String column);

  private String token(String tenant) {
    return "Bearer " + gateways.get(0).token(Role.ADMIN, tenant);
  }

  /** Posts with a key, and waits for no answer. */
  protected RawConnection send(String path, String body, String key) throws Exception {
    RawConnection connection = new RawConnection(gateways.get(0).url());
    connection.write(
        "POST "
            + path
            + " HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nauthorization: "
            + token("default")
            + "\r\nidempotency-key: "
            + key
            + "\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    return connection;
  }

  /** Calls one of the gateways with a key. */
  protected Reply call(
      int gateway, String method, String path, String body, String key, String... headers)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("authorization", token("default"), "idempotency-key", key));
    all.addAll(List.of("content-type", "application/json"));
    return new Calls(gateways.get(gateway).url())
        .send(method, path, body, all.toArray(new String[0]));
  }
}
