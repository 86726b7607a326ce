package io.signalbox.gateway.security;

import static io.signalbox.gateway.security.TestIssuer.accepts;
import static io.signalbox.gateway.security.TestIssuer.claims;
import static io.signalbox.gateway.security.TestIssuer.end;
import static io.signalbox.gateway.security.TestIssuer.failure;
import static io.signalbox.gateway.security.TestIssuer.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Keys that change while the gateway runs: in files and at an address. */
@ExtendWith(VertxExtension.class)
class KeyChangeTest {
  private static final KeyPair RSA = TestTokens.pair("RSA");
  private static final KeyPair EC = TestTokens.pair("EC");
  private static final KeyPair ED = TestTokens.pair("Ed25519");
  private static final String FIRST = "the first secret, which is long enough for everybody";
  private static final String SECOND = "the second secret, which is long enough for everybody";

  @TempDir private Path dir;
  private TestIssuer issuer;

  @BeforeEach
  void begin(Vertx vertx) {
    issuer = new TestIssuer(vertx, dir);
  }

  @Test
  void aFileThatChangesIsReadAgainAndAPoorOneLeavesTheKeyInForce() throws Exception {
    TokenVerifier verifier = issuer.withFiles(ED);
    String old = TestTokens.sign(ED, null, claims());
    assertThat(accepts(verifier, old)).isTrue();
    RecentTokens recent = verifier.recent();
    assertThat(recent.of(old)).isNotNull();
    Files.writeString(issuer.file(0), "no key");
    KeyPair next = TestTokens.pair("EC");
    String other = TestTokens.sign(next, null, claims());
    assertThat(accepts(verifier, other)).isFalse();
    assertThat(accepts(verifier, old)).isTrue();
    issuer.write(next, 0);
    eventually().until(() -> accepts(verifier, other));
    // Also what was remembered of the old key is forgotten.
    assertThat(recent.of(old)).isNull();
    assertThat(accepts(verifier, old)).isFalse();
  }

  @Test
  void aPoorFileDoesNotKeepTheOthersFromChanging() throws Exception {
    secrets(FIRST);
    TokenVerifier verifier = issuer.withFiles(EC, ED);
    String own = TestTokens.hmac(bytes(FIRST), ours());
    assertThat(accepts(verifier, own)).isTrue();
    Files.writeString(issuer.file(0), "no key");
    secrets(SECOND);
    issuer.write(RSA, 1);
    eventually().until(() -> accepts(verifier, TestTokens.hmac(bytes(SECOND), ours())));
    eventually().until(() -> accepts(verifier, TestTokens.sign(RSA, null, claims())));
    // The secret that leaked is refused, and what the poor file had last still counts.
    assertThat(failure(verifier, own)).isEqualTo(SignInFailure.SIGNATURE);
    assertThat(accepts(verifier, TestTokens.sign(EC, null, claims()))).isTrue();
  }

  @Test
  void aSecretThatIsMissingIsNotMadeAnewWhileTheGatewayRuns() throws Exception {
    TokenVerifier verifier = issuer.withFiles(EC);
    Path file = dir.resolve("jwt.key");
    String secret = Files.readString(file).strip();
    String token = TestTokens.hmac(bytes(secret), ours());
    Files.delete(file);
    // It looks again and again: what it sees of the other file, it has seen of this one.
    issuer.write(ED, 0);
    eventually().until(() -> accepts(verifier, TestTokens.sign(ED, null, claims())));
    assertThat(file).doesNotExist();
    assertThat(accepts(verifier, token)).isTrue();
  }

  @Test
  void allSecretsVerify() throws Exception {
    secrets(FIRST, "", SECOND);
    TokenVerifier verifier = issuer.open(Map.of());
    for (String secret : List.of(FIRST, SECOND)) {
      assertThat(accepts(verifier, TestTokens.hmac(bytes(secret), ours()))).isTrue();
    }
    assertThat(failure(verifier, TestTokens.hmac(bytes(FIRST + SECOND), ours())))
        .isEqualTo(SignInFailure.SIGNATURE);
    secrets(SECOND);
    String first = TestTokens.hmac(bytes(FIRST), ours());
    eventually().until(() -> !accepts(verifier, first));
    assertThat(accepts(verifier, TestTokens.hmac(bytes(SECOND), ours()))).isTrue();
  }

  @Test
  void aPublishedSetIsReadAgainForAKeyThatIsNotKnownAndNotTooOften() throws Exception {
    issuer.published = set(TestTokens.webKey(RSA, "one"), TestTokens.webKey(EC, "two"));
    TokenVerifier verifier = issuer.withAddress("1d");
    assertThat(issuer.asked).hasValue(1);
    assertThat(accepts(verifier, TestTokens.sign(RSA, "one", claims()))).isTrue();
    assertThat(accepts(verifier, TestTokens.sign(EC, "two", claims()))).isTrue();
    assertThat(issuer.asked).hasValue(1);

    issuer.published = set(TestTokens.webKey(ED, "three"));
    assertThat(accepts(verifier, TestTokens.sign(ED, "three", claims()))).isTrue();
    assertThat(issuer.asked).hasValue(2);
    // A key that was taken back counts no more, also for what was remembered.
    assertThat(failure(verifier, TestTokens.sign(RSA, "one", claims())))
        .isEqualTo(SignInFailure.KEY);
    for (int i = 0; i < 20; i++) {
      assertThat(failure(verifier, TestTokens.sign(RSA, "made-up-" + i, claims())))
          .isEqualTo(SignInFailure.KEY);
    }
    assertThat(issuer.asked).hasValue(2);
    issuer.pass(Duration.ofSeconds(10));
    assertThat(accepts(verifier, TestTokens.sign(RSA, "four", claims()))).isFalse();
    assertThat(issuer.asked).hasValue(3);
  }

  @Test
  void aClockThatGoesBackDoesNotKeepTheSetFromBeingRead() throws Exception {
    issuer.published = set(TestTokens.webKey(RSA, "one"));
    TokenVerifier verifier = issuer.withAddress("1d");
    assertThat(accepts(verifier, TestTokens.sign(ED, "two", claims()))).isFalse();
    issuer.pass(Duration.ofSeconds(10));
    issuer.clock.now = TestIssuer.NOW.minusSeconds(3_600);
    issuer.published = set(TestTokens.webKey(ED, "two"));
    assertThat(accepts(verifier, TestTokens.sign(ED, "two", claims()))).isTrue();
  }

  @Test
  void aKeyThatIsRenewedUnderItsNameOrWithoutOneIsAskedFor() throws Exception {
    for (String name : new String[] {"one", null}) {
      issuer.published = set(TestTokens.webKey(EC, name));
      TokenVerifier verifier = issuer.withAddress("1d");
      assertThat(accepts(verifier, TestTokens.sign(EC, name, claims()))).isTrue();
      for (KeyPair next : List.of(TestTokens.pair("EC"), ED)) {
        issuer.pass(Duration.ofSeconds(10));
        issuer.published = set(TestTokens.webKey(next, name));
        assertThat(accepts(verifier, TestTokens.sign(next, name, claims()))).isTrue();
      }
      assertThat(failure(verifier, TestTokens.sign(EC, name, claims())))
          .isEqualTo(SignInFailure.KEY);
      end(verifier.close());
    }
  }

  @Test
  void whoWaitsForAnotherQuestionDoesNotKeepTheNextFromBeingAsked() {
    issuer.published = set(TestTokens.webKey(EC, "one"));
    TokenKeys keys = issuer.keys("1d");
    issuer.held = Promise.promise();
    Future<Void> first = keys.askAgain();
    issuer.pass(Duration.ofSeconds(10));
    assertThat(first).isNotNull().isSameAs(keys.askAgain());
    issuer.held.complete();
    assertThat(end(first).succeeded()).isTrue();
    // Its ten seconds count from the question, not from who joined it last.
    assertThat(end(keys.askAgain()).succeeded()).isTrue();
    assertThat(keys.askAgain()).isNull();
    assertThat(issuer.asked).hasValue(3);
    end(keys.close());
  }

  @Test
  void aTokenOfANewKeyIsNotRefusedForAnAnswerFromBeforeIt() throws Exception {
    issuer.published = set(TestTokens.webKey(EC, "one"));
    TokenVerifier verifier = issuer.withAddress("100ms");
    issuer.held = Promise.promise();
    int before = issuer.asked.get();
    eventually().until(() -> issuer.asked.get() > before);
    issuer.published = set(TestTokens.webKey(ED, "two"));
    Future<Caller> waits = verifier.verify(TestTokens.sign(ED, "two", claims()));
    issuer.held.complete();
    assertThat(end(waits).succeeded()).isTrue();
  }

  @Test
  void manyTokensOfANewKeyAreAllTakenAndAskOnce() throws Exception {
    issuer.published = set(TestTokens.webKey(EC, "one"));
    TokenVerifier verifier = issuer.withAddress("1d");
    issuer.published = set(TestTokens.webKey(EC, "one"), TestTokens.webKey(ED, "two"));
    List<Future<Caller>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(verifier.verify(TestTokens.sign(ED, "two", claims().put("n", i / 3))));
    }
    assertThat(end(Future.all(all)).succeeded()).isTrue();
    assertThat(issuer.asked).hasValue(2);
  }

  @Test
  void theLastSetStaysWhileItsAddressIsAwayAndTheGatewayStartsWithoutIt() throws Exception {
    issuer.status = 503;
    TokenVerifier verifier = issuer.withAddress("100ms");
    String token = TestTokens.sign(ED, "one", claims());
    assertThat(failure(verifier, token)).isEqualTo(SignInFailure.KEY);
    issuer.published = set(TestTokens.webKey(ED, "one"));
    issuer.status = 200;
    eventually().until(() -> accepts(verifier, token));
    issuer.status = 503;
    int before = issuer.asked.get();
    eventually().until(() -> issuer.asked.get() > before + 1);
    issuer.published = set();
    issuer.status = 200;
    int empty = issuer.asked.get();
    eventually().until(() -> issuer.asked.get() > empty + 1);
    assertThat(accepts(verifier, TestTokens.sign(ED, "one", claims().put("n", 1)))).isTrue();
  }

  private void secrets(String... lines) throws Exception {
    Path draft = Files.writeString(dir.resolve("draft"), String.join("\n", lines) + "\n");
    Files.move(
        draft,
        dir.resolve("jwt.key"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static JsonObject ours() {
    return claims().put("iss", "signalbox");
  }

  private static byte[] bytes(String secret) {
    return secret.getBytes(StandardCharsets.US_ASCII);
  }

  private static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }
}
