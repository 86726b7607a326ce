package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.SecuritySettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Another issuer, with its keys in files or at an address, and gateways that verify its tokens. */
final class TestIssuer {
  static final String ISSUER = "https://id.example";
  static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  /** How often its address was asked. */
  final AtomicInteger asked = new AtomicInteger();

  final SettableClock clock = new SettableClock(NOW);

  /** Its address answers with it. */
  volatile int status = 200;

  /** The keys at its address. */
  volatile JsonObject published = new JsonObject();

  /** Its address answers when this ends. */
  volatile Promise<Void> held = Promise.promise();

  private final AtomicLong nanos = new AtomicLong();
  private final Vertx vertx;
  private final Path dir;

  TestIssuer(Vertx vertx, Path dir) {
    this.vertx = vertx;
    this.dir = dir;
    held.complete();
  }

  /** Lets time pass. */
  void pass(Duration time) {
    clock.now = clock.now.plus(time);
    nanos.addAndGet(time.toNanos());
  }

  TokenVerifier withFiles(KeyPair... pairs) throws Exception {
    StringBuilder files = new StringBuilder();
    for (int i = 0; i < pairs.length; i++) {
      write(pairs[i], i);
      files.append(file(i)).append(',');
    }
    return open(Map.of("security.jwt_public_keys", files.toString()));
  }

  TokenVerifier withAddress(String refresh) {
    return open(address(refresh));
  }

  /** The keys at its address by themselves. */
  TokenKeys keys(String refresh) {
    return end(TokenKeys.open(vertx, settings(address(refresh)), () -> {}, nanos::get)).result();
  }

  /** What a gateway's configuration says of its address. */
  Map<String, String> address(String refresh) {
    HttpServer server =
        end(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1")).result();
    return Map.of(
        "security.jwks_url",
        "http://127.0.0.1:" + server.actualPort() + "/keys",
        "security.jwks_refresh",
        refresh,
        "security.jwt_issuer",
        ISSUER);
  }

  private void answer(HttpServerRequest request) {
    asked.incrementAndGet();
    // As it stood when it was asked.
    String body = published.encode();
    held.future()
        .onSuccess(now -> request.response().setStatusCode(status).end(body).onFailure(gone -> {}));
  }

  TokenVerifier open(Map<String, String> keys) {
    return end(TokenVerifier.open(vertx, settings(keys), clock, nanos::get)).result();
  }

  private SecuritySettings settings(Map<String, String> keys) {
    Map<String, String> all = new HashMap<>(keys);
    all.put("data.dir", dir.toString());
    if (!keys.isEmpty()) {
      all.put("security.jwt_issuer", ISSUER);
    }
    return ConfigLoader.load(Optional.empty(), Map.of(), all).security();
  }

  Path file(int number) {
    return dir.resolve(number + ".pem");
  }

  void write(KeyPair pair, int number) throws Exception {
    Files.writeString(file(number), TestTokens.pem(pair));
  }

  static JsonObject set(JsonObject... keys) {
    // What cannot be used does no harm.
    JsonArray list =
        new JsonArray()
            .add(new JsonObject().put("kty", "oct").put("k", "c2VjcmV0").put("alg", "HS256"))
            .add(new JsonObject().put("kty", "EC").put("crv", "P-521").put("x", "AA"))
            .add(new JsonObject().put("kty", "RSA").put("n", "!"));
    List.of(keys).forEach(list::add);
    return new JsonObject().put("keys", list);
  }

  static JsonObject claims() {
    return new JsonObject()
        .put("sub", "alex")
        .put("iss", ISSUER)
        .put("aud", "signalbox")
        .put("exp", NOW.getEpochSecond() + 300)
        .put("tenant", "acme")
        .put("roles", new JsonArray().add("sender").add("something"));
  }

  static boolean accepts(TokenVerifier verifier, String token) {
    return end(verifier.verify(token)).succeeded();
  }

  static SignInFailure failure(TokenVerifier verifier, String token) {
    Throwable cause = end(verifier.verify(token)).cause();
    assertThat(cause).isInstanceOf(SignInException.class);
    return ((SignInException) cause).failure();
  }

  static <T> Future<T> end(Future<T> future) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(60))
        .until(future::isComplete);
    return future;
  }
}
