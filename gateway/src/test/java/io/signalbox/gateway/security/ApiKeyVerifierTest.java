package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.LedgerContract;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two gateways on one ledger. */
class ApiKeyVerifierTest extends LedgerContract {
  private static final AuditEntry LINE =
      new AuditEntry(NOW, new Who(TENANT, "alex", "::1", "c"), "a", "k", null, null, "done", "");

  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock(Instant.ofEpochMilli(NOW));
  private final String id = ApiKeyText.newId(random);
  private final String text = ApiKeyText.newKey(id, random);

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
  void whatTheLedgerSaidLastCountsWhileItDoesNotAnswer() throws Exception {
    ApiKeyVerifier verifier = withKey(NOW + 100_000);
    assertThat(end(verifier.verify(text)).succeeded()).isTrue();
    await(ledger().close());
    clock.now = clock.now.plusSeconds(99);
    assertThat(end(verifier.verify(text)).succeeded()).isTrue();
    assertThat(end(verifier.verify(text.substring(0, 59) + "~")).failed()).isTrue();
    clock.now = clock.now.plusSeconds(1);
    assertThat(failure(verifier, text)).isEqualTo(SignInFailure.EXPIRED);
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
    ApiKey key =
        new ApiKey(
            id,
            TENANT,
            "shop",
            List.of("sender"),
            ApiKeyText.hash(text),
            null,
            NOW,
            "alex",
            null,
            end,
            null);
    await(opened.apiKeys().addApiKey(key, LINE));
    return new ApiKeyVerifier(opened.apiKeys(), clock);
  }

  private static SignInFailure failure(ApiKeyVerifier verifier, String key) {
    return ((SignInException) end(verifier.verify(key)).cause()).failure();
  }

  private static Future<Caller> end(Future<Caller> future) {
    Awaitility.await().until(future::isComplete);
    return future;
  }
}
