package io.signalbox.gateway.security;

import static io.signalbox.gateway.security.TestIssuer.claims;
import static io.signalbox.gateway.security.TestIssuer.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.LedgerContract;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What guessing costs, and whom it leaves alone. */
class IdentityTest extends LedgerContract {
  private static final KeyPair EC = TestTokens.pair("EC");
  private static final String SIGNED = TestTokens.sign(EC, null, claims());
  private static final String HERE = "192.0.2.1";

  private final AtomicLong nanos = new AtomicLong();
  private TokenVerifier tokens;
  private Identity identity;

  @BeforeEach
  void begin() throws Exception {
    tokens = new TestIssuer(vertx, directory).withFiles(EC);
    identity =
        new Identity(
            tokens,
            new ApiKeyVerifier(opened.apiKeys(), new SettableClock(TestIssuer.NOW)),
            ClientCertificates.open(vertx, Optional.empty(), Clock.systemUTC()).await(),
            nanos::get);
  }

  @Test
  void anAddressMayBeRefusedSoOftenAndNoMore() throws Exception {
    String good = token(0);
    assertThat(end(of(good, HERE)).succeeded()).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(of("x.y." + i, HERE).cause()).isInstanceOf(SignInException.class);
    }
    for (String unknown : List.of("x.y.z", "sbx_" + "a".repeat(56), forged(1), token(1))) {
      assertStatus(429, of(unknown, HERE));
    }
    // Who was known goes on, and so do other addresses.
    assertThat(of(good, HERE).succeeded()).isTrue();
    assertThat(end(of(token(1), "192.0.2.2")).succeeded()).isTrue();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(50));
    assertThat(end(of(token(2), HERE)).succeeded()).isTrue();
    assertThat(end(of(forged(2), HERE)).cause()).isInstanceOf(SignInException.class);
    assertStatus(429, of(token(3), HERE));
  }

  @Test
  void addressesOfOneNetworkOfIpv6CountTogether() {
    for (int i = 0; i < 100; i++) {
      assertThat(of("x", "2001:db8:0:1:0:0:0:" + i).cause()).isInstanceOf(SignInException.class);
    }
    assertStatus(429, of("x", "2001:db8:0:1:ffff:0:0:1"));
    assertThat(of("x", "2001:db8:0:2:0:0:0:1").cause()).isInstanceOf(SignInException.class);
  }

  @Test
  void signaturesAreComputedElsewhereAndOnlySoManyWait() throws Exception {
    String known = token(0);
    assertThat(end(of(known, HERE)).succeeded()).isTrue();
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    WorkerExecutor worker = vertx.createSharedWorkerExecutor("signatures", threads);
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      worker.executeBlocking(
          () -> {
            busy.countDown();
            return go.await(60, TimeUnit.SECONDS);
          },
          false);
    }
    assertThat(busy.await(60, TimeUnit.SECONDS)).isTrue();
    List<Future<Caller>> waiting = new ArrayList<>();
    String twice = forged(0);
    waiting.add(of(twice, HERE));
    for (int i = 1; i < 512; i++) {
      waiting.add(of(forged(i), HERE));
    }
    assertStatus(503, of(token(1), HERE));
    assertThat(waiting).noneMatch(Future::isComplete);
    // The same token is computed once, who is known waits for nobody, nor do our own tokens.
    waiting.add(of(twice, HERE));
    assertThat(of(known, HERE).succeeded()).isTrue();
    String secret = Files.readString(directory.resolve("jwt.key")).strip();
    String own =
        TestTokens.hmac(
            secret.getBytes(StandardCharsets.US_ASCII), claims().put("iss", "signalbox"));
    assertThat(of(own, HERE).succeeded()).isTrue();
    go.countDown();
    end(Future.join(waiting));
    assertThat(waiting)
        .allSatisfy(each -> assertThat(each.cause()).isInstanceOf(SignInException.class));
    assertThat(end(of(token(1), "192.0.2.2")).succeeded()).isTrue();
    end(worker.close());
    end(tokens.close());
  }

  private Future<Caller> of(String credential, String address) {
    return identity.of(credential, () -> address, identity.recent());
  }

  private static void assertStatus(int status, Future<Caller> answer) {
    assertThat(answer.cause())
        .isInstanceOfSatisfying(
            GatewayException.class, refusal -> assertThat(refusal.status()).isEqualTo(status));
  }

  private static String token(int number) throws Exception {
    return TestTokens.sign(EC, null, claims().put("n", number));
  }

  /** Another token's signature under claims of its own. */
  private static String forged(int number) {
    byte[] body = claims().put("forged", number).encode().getBytes(StandardCharsets.UTF_8);
    return SIGNED.substring(0, SIGNED.indexOf('.') + 1)
        + TestTokens.base64(body)
        + SIGNED.substring(SIGNED.lastIndexOf('.'));
  }
}
