package io.signalbox.gateway.security;

import static io.signalbox.gateway.security.TestIssuer.end;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.LedgerContract;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two gateways on one ledger. */
class ApiKeyVerifierTest extends LedgerContract {
  /** No real read takes so long, however busy the machine is. */
  private static final long LONG_MILLIS = 25_000;

  private static final long SHORT_MILLIS = 2_000;

  private static final AuditEntry LINE =
      new AuditEntry(NOW, new Who(TENANT, "alex", "::1", "c"), "a", "k", null, null, "done", "");

  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock(Instant.ofEpochMilli(NOW));
  private final String id = ApiKeyText.newId(random);
  private final String text = ApiKeyText.newKey(id, random);
  private final AtomicLong nanos = new AtomicLong();
  private HeldApiKeys held;

  @Test
  void aKeyThatWasRotatedElsewhereIsTakenAtOnceAndTheOneBeforeForAWhile() throws Exception {
    ApiKeyVerifier other = withKey(null);
    assertThat(end(other.verify(text)).succeeded()).isTrue();
    String next = ApiKeyText.newKey(id, random);
    await(opened.apiKeys().rotateApiKey(TENANT, id, ApiKeyText.hash(next), NOW + 60_000, LINE));
    assertThat(end(other.verify(next)).succeeded()).isTrue();
    assertThat(end(other.verify(text)).succeeded()).isTrue();
    clock.now = clock.now.plusSeconds(60);
    assertThat(failure(other, text)).isEqualTo(SignInFailure.KEY);
    assertThat(end(other.verify(next)).succeeded()).isTrue();
  }

  @Test
  void aKeyThatIsGoneIsRefusedAfterLessThanASecond() throws Exception {
    ApiKeyVerifier other = withKey(null);
    assertThat(end(other.verify(text)).result())
        .isEqualTo(
            new Caller(id + ":shop", TENANT, Set.of(Role.SENDER), Caller.Credential.API_KEY));
    await(opened.apiKeys().removeApiKey(TENANT, id, LINE));
    clock.now = clock.now.plusMillis(800);
    assertThat(failure(other, text)).isEqualTo(SignInFailure.KEY);
  }

  @Test
  void aLedgerThatIsSilentHoldsUpNobodyWhoWasHereAMomentAgo() throws Exception {
    ApiKeyVerifier verifier = withKey(null, SHORT_MILLIS);
    assertThat(accepts(verifier, text)).isTrue();
    held.hold();
    clock.now = clock.now.plusSeconds(1);
    // The first waits a little, and then nobody does.
    assertThat(accepts(verifier, text)).isTrue();
    clock.now = clock.now.plusSeconds(60);
    assertThat(verifier.verify(text).succeeded()).isTrue();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    assertThat(verifier.verify(text).succeeded()).isTrue();
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    Future<Caller> patient = verifier.verify(text);
    assertThat(patient.isComplete()).isFalse();
    assertThat(end(patient).succeeded()).isTrue();
    // All of them waited for one read.
    assertThat(held.reads).hasValue(2);
    assertThat(verifier.verify(text.substring(0, 59) + "~").isComplete()).isFalse();
    held.release();
  }

  @Test
  void afterARefusalOfTheLedgerNobodyWaitsForASecond() throws Exception {
    ApiKeyVerifier verifier = withKey(null);
    assertThat(accepts(verifier, text)).isTrue();
    await(ledger().close());
    clock.now = clock.now.plusSeconds(1);
    assertThat(accepts(verifier, text)).isTrue();
    assertThat(verifier.verify(text).succeeded()).isTrue();
    opened = open();
  }

  @Test
  void strangersDoNotShutOutKeysInUse() throws Exception {
    ApiKeyVerifier verifier = withKey(null);
    assertThat(accepts(verifier, text)).isTrue();
    held.hold();
    List<Future<Caller>> strangers = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      strangers.add(verifier.verify(stranger()));
    }
    assertThat(end(verifier.verify(stranger())).cause())
        .isInstanceOfSatisfying(
            GatewayException.class, busy -> assertThat(busy.status()).isEqualTo(503));
    assertThat(held.reads).hasValue(65);
    // The key in use is read ahead, and later asked for, all the same.
    clock.now = clock.now.plusMillis(400);
    assertThat(verifier.verify(text).succeeded()).isTrue();
    assertThat(held.reads).hasValue(66);
    clock.now = clock.now.plusMillis(400);
    Future<Caller> inUse = verifier.verify(text);
    held.release();
    assertThat(end(inUse).succeeded()).isTrue();
    assertThat(end(Future.join(strangers).mapEmpty()).cause()).isInstanceOf(SignInException.class);
    assertThat(end(verifier.verify(stranger())).cause()).isInstanceOf(SignInException.class);
  }

  @Test
  void aKeyInUseIsReadAheadAndNeverWaits() throws Exception {
    ApiKeyVerifier verifier = withKey(null);
    assertThat(accepts(verifier, text)).isTrue();
    clock.now = clock.now.plusMillis(399);
    assertThat(verifier.verify(text).succeeded()).isTrue();
    assertThat(held.reads).hasValue(1);
    for (int reads = 2; reads <= 5; reads++) {
      clock.now = clock.now.plusMillis(399);
      int answered = held.answered.get();
      assertThat(verifier.verify(text).succeeded()).isTrue();
      assertThat(held.reads).hasValue(reads);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> held.answered.get() > answered && verifier.known(text) != null);
      clock.now = clock.now.plusMillis(1);
    }
  }

  @Test
  void anAnswerFromBeforeAChangeIsNeitherRememberedNorShared() throws Exception {
    ApiKeyVerifier verifier = withKey(null);
    held.hold();
    Future<Caller> before = verifier.verify(text);
    // Its read has its answer, which is on its way.
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> held.answered.get() == 1);
    await(opened.apiKeys().removeApiKey(TENANT, id, LINE));
    verifier.forget(id);
    Future<Caller> after = verifier.verify(text);
    held.release();
    assertThat(end(before).succeeded()).isTrue();
    assertThat(((SignInException) end(after).cause()).failure()).isEqualTo(SignInFailure.KEY);
    assertThat(failure(verifier, text)).isEqualTo(SignInFailure.KEY);
  }

  @Test
  void whatTheLedgerSaidLastCountsWhileItDoesNotAnswer() throws Exception {
    ApiKeyVerifier verifier = withKey(NOW + 100_000);
    assertThat(end(verifier.verify(text)).succeeded()).isTrue();
    await(ledger().close());
    clock.now = clock.now.plusSeconds(99);
    assertThat(end(verifier.verify(text)).succeeded()).isTrue();
    assertThat(end(verifier.verify(text.substring(0, 59) + "~")).failed()).isTrue();
    clock.now = clock.now.plusSeconds(1);
    SignInException ended = (SignInException) end(verifier.verify(text)).cause();
    assertThat(ended.failure()).isEqualTo(SignInFailure.EXPIRED);
    // The name that it has everywhere else.
    assertThat(ended.subject()).isEqualTo("api_key:" + id + ":shop");
    opened = open();
  }

  @Test
  void whatIsNoKeyCostsNoQuestion() throws Exception {
    ApiKeyVerifier verifier = withKey(null);
    for (String wrong :
        List.of(
            "sbx_", "sbx_" + id, text + "x", text.substring(1), text.toUpperCase(Locale.ROOT))) {
      assertThat(failure(verifier, wrong)).as(wrong).isEqualTo(SignInFailure.MALFORMED);
    }
  }

  private ApiKeyVerifier withKey(Long end) throws Exception {
    return withKey(end, LONG_MILLIS);
  }

  private ApiKeyVerifier withKey(Long end, long patienceMillis) throws Exception {
    ApiKey key =
        new ApiKey(
            id,
            TENANT,
            "shop",
            List.of("sender"),
            List.of(),
            ApiKey.Quota.NONE,
            ApiKeyText.hash(text),
            null,
            NOW,
            "alex",
            null,
            end,
            null);
    await(opened.apiKeys().addApiKey(key, LINE));
    held = new HeldApiKeys(opened.apiKeys());
    return new ApiKeyVerifier(held, clock, nanos::get, patienceMillis);
  }

  private String stranger() {
    return ApiKeyText.newKey(ApiKeyText.newId(random), random);
  }

  private static boolean accepts(ApiKeyVerifier verifier, String key) {
    return end(verifier.verify(key)).succeeded();
  }

  private static SignInFailure failure(ApiKeyVerifier verifier, String key) {
    return ((SignInException) end(verifier.verify(key)).cause()).failure();
  }
}
