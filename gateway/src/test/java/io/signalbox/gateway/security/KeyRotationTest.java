package io.signalbox.gateway.security;

import static io.signalbox.gateway.security.TestIssuer.claims;
import static io.signalbox.gateway.security.TestIssuer.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.TestGateway;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replaces every kind of key as docs/security.md says, while callers go on calling: no request with
 * a credential that is valid at its time is refused, and what was replaced is refused afterwards.
 */
@ExtendWith(VertxExtension.class)
class KeyRotationTest {
  private static final int CALLERS = 4;
  private static final String OLD = "the old secret, which is long enough for everybody";
  private static final String NEW = "the new secret, which is long enough for everybody";
  private static final KeyPair OLD_PAIR = TestTokens.pair("EC");
  private static final KeyPair NEW_PAIR = TestTokens.pair("Ed25519");

  @TempDir private Path dir;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong number = new AtomicLong();
  private final AtomicLongArray rounds = new AtomicLongArray(CALLERS);
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();

  /** What callers may show now, by the kind of credential. */
  private final Map<String, Callable<String>> valid = new ConcurrentHashMap<>();

  private volatile boolean ended;
  private String url = "";
  private String admin = "";

  @Test
  void noValidRequestIsRefusedWhileKeysAreReplaced(Vertx vertx) throws Exception {
    TestIssuer issuer = new TestIssuer(vertx, dir);
    issuer.published = set(TestTokens.webKey(OLD_PAIR, "old"));
    secrets(OLD);
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (TestGateway gateway = TestGateway.start(dir, issuer.address("200ms"))) {
      url = gateway.url();
      admin = gateway.token(Role.ADMIN);
      JsonObject key = post("/api/v1/api-keys", "{\"name\":\"shop\",\"roles\":[\"viewer\"]}");
      valid.put("own", () -> own(OLD));
      valid.put("other", () -> other(OLD_PAIR, "old"));
      valid.put("key", () -> key.getString("key"));
      List<Future<Void>> calling = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        calling.add(callers.submit(() -> callOn(caller)));
      }
      passSome();
      replaceSecret();
      replacePublished(issuer);
      replaceApiKey(key);
      passSome();
      ended = true;
      for (Future<Void> each : calling) {
        each.get(60, TimeUnit.SECONDS);
      }
      assertThat(refused).isEmpty();
      assertThat(status(own(OLD))).isEqualTo(401);
      assertThat(status(other(OLD_PAIR, "old"))).isEqualTo(401);
      assertThat(status(key.getString("key"))).isEqualTo(401);
    } finally {
      ended = true;
      callers.shutdownNow();
    }
  }

  private void replaceSecret() throws Exception {
    secrets(OLD, NEW);
    eventually(() -> status(own(NEW)) == 200);
    secrets(NEW, OLD);
    admin = TestTokens.hmac(bytes(NEW), ours("admin"));
    valid.put("own", () -> own(NEW));
    passSome();
    secrets(NEW);
    eventually(() -> status(own(OLD)) == 401);
  }

  private void replacePublished(TestIssuer issuer) throws Exception {
    issuer.published = set(TestTokens.webKey(OLD_PAIR, "old"), TestTokens.webKey(NEW_PAIR, "new"));
    // It asks for a key that it does not know, and so nobody has to wait for the schedule.
    valid.put("other", () -> other(NEW_PAIR, "new"));
    passSome();
    issuer.published = set(TestTokens.webKey(NEW_PAIR, "new"));
    eventually(() -> status(other(OLD_PAIR, "old")) == 401);
  }

  private void replaceApiKey(JsonObject key) throws Exception {
    String path = "/api/v1/api-keys/" + key.getString("id") + "/rotate";
    String second = post(path, "{}").getString("key");
    passSome();
    valid.put("key", () -> second);
    passSome();
    // Only the last may be left: the overlap is cut short by one more rotation, told to everybody.
    valid.remove("key");
    passSome();
    String third = post(path, "{\"overlap_seconds\":0}").getString("key");
    valid.put("key", () -> third);
  }

  /** Calls with all that is valid, again and again. */
  private Void callOn(int caller) throws Exception {
    while (!ended) {
      for (Map.Entry<String, Callable<String>> each : valid.entrySet()) {
        int status = status(each.getValue().call());
        if (status != 200) {
          refused.add(each.getKey() + ": " + status);
        }
      }
      rounds.incrementAndGet(caller);
    }
    return null;
  }

  /** Waits until each caller has ended what it had begun, and come round with what is valid now. */
  private void passSome() {
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      long until = rounds.get(caller) + 2;
      eventually(() -> rounds.get(caller) >= until);
    }
  }

  private int status(String credential) throws Exception {
    return send("GET", "/health/providers", "", credential).statusCode();
  }

  private JsonObject post(String path, String body) throws Exception {
    return new JsonObject(send("POST", path, body, admin).body());
  }

  private HttpResponse<String> send(String method, String path, String body, String credential)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .header("authorization", "Bearer " + credential)
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** A token that nobody has seen before. */
  private String own(String secret) throws Exception {
    return TestTokens.hmac(bytes(secret), ours("viewer"));
  }

  private String other(KeyPair pair, String name) throws Exception {
    return TestTokens.sign(pair, name, living("viewer"));
  }

  private JsonObject ours(String role) {
    return living(role).put("iss", "signalbox").put("tenant", "default");
  }

  private JsonObject living(String role) {
    return claims()
        .put("exp", System.currentTimeMillis() / 1000 + 600)
        .put("roles", role)
        .put("n", number.incrementAndGet());
  }

  private void secrets(String... lines) throws Exception {
    Path draft = Files.writeString(dir.resolve("draft"), String.join("\n", lines) + "\n");
    Files.move(
        draft,
        dir.resolve("jwt.key"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] bytes(String secret) {
    return secret.getBytes(StandardCharsets.US_ASCII);
  }

  private static void eventually(Callable<Boolean> condition) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(60))
        .until(condition);
  }
}
