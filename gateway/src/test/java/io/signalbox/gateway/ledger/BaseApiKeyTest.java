package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.ApiKey.Previous;
import io.signalbox.gateway.ledger.ApiKeyLedger.Rotation;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import java.util.List;
import org.junit.jupiter.api.Test;

/** API keys in a ledger. */
public abstract class BaseApiKeyTest extends LedgerContract {
  private static final AuditEntry LINE =
      new AuditEntry(
          NOW + 5, new Who(TENANT, "alex", "::1", "c"), "api_key", "k", null, null, "done", "");

  @Test
  void keysAreKeptWithTheirLinesOfTheAuditLog() throws Exception {
    ApiKey plain = key("aaaaaaaaaaaa", TENANT, null, null);
    ApiKey full = key("bbbbbbbbbbbb", TENANT, new Previous("old", NOW + 1), NOW + 2);
    assertThat(await(keys().addApiKey(plain, LINE))).isTrue();
    assertThat(await(keys().addApiKey(full, LINE))).isTrue();
    assertThat(await(keys().addApiKey(key("cccccccccccc", "other", null, null), LINE))).isTrue();
    reopen();

    assertThat(await(keys().apiKeys(TENANT))).containsExactly(plain, full);
    assertThat(await(keys().apiKey("bbbbbbbbbbbb"))).contains(full);
    assertThat(await(keys().apiKey("dddddddddddd"))).isEmpty();
    assertThat(await(opened.auditLog().auditTrail(10)))
        .extracting(line -> line.with(null, null))
        .containsExactly(LINE, LINE, LINE);
  }

  @Test
  void aRotationKeepsTheKeyBeforeForAWhileOrNotAtAll() throws Exception {
    await(keys().addApiKey(key("aaaaaaaaaaaa", TENANT, null, null), LINE));
    ApiKey rotated = done(await(keys().rotateApiKey(TENANT, "aaaaaaaaaaaa", "h2", NOW + 60, LINE)));
    assertThat(rotated.hash()).isEqualTo("h2");
    assertThat(rotated.previous()).isEqualTo(new Previous("hash", NOW + 60));
    assertThat(rotated.rotatedAtMillis()).isEqualTo(NOW + 5);
    assertThat(
            done(await(keys().rotateApiKey(TENANT, "aaaaaaaaaaaa", "h3", null, LINE))).previous())
        .isNull();
    assertThat(await(keys().apiKey("aaaaaaaaaaaa"))).map(ApiKey::hash).contains("h3");
  }

  @Test
  void whatWasReplacedAndStillCountsIsNotEndedUnlessThatIsSaid() throws Exception {
    await(keys().addApiKey(key("aaaaaaaaaaaa", TENANT, null, null), LINE));
    ApiKey first = done(await(keys().rotateApiKey(TENANT, "aaaaaaaaaaaa", "h2", NOW + 60, LINE)));
    assertThat(await(keys().rotateApiKey(TENANT, "aaaaaaaaaaaa", "h3", NOW + 90, LINE)))
        .isEqualTo(new Rotation.Overlapping(NOW + 60));
    assertThat(await(keys().apiKey("aaaaaaaaaaaa"))).contains(first);
    assertThat(await(opened.auditLog().auditTrail(10))).hasSize(2);
    AuditEntry later =
        new AuditEntry(
            NOW + 60, LINE.who(), "api_key", "aaaaaaaaaaaa", null, null, "done", "later");
    ApiKey second = done(await(keys().rotateApiKey(TENANT, "aaaaaaaaaaaa", "h3", NOW + 90, later)));
    assertThat(second.previous()).isEqualTo(new Previous("h2", NOW + 90));
    assertThat(done(await(keys().rotateApiKey(TENANT, "aaaaaaaaaaaa", "h4", null, later))).hash())
        .isEqualTo("h4");
  }

  @Test
  void anotherTenantChangesNothing() throws Exception {
    ApiKey key = key("aaaaaaaaaaaa", TENANT, null, null);
    await(keys().addApiKey(key, LINE));
    assertThat(await(keys().apiKeys("other"))).isEmpty();
    assertThat(await(keys().rotateApiKey("other", key.id(), "h2", null, LINE)))
        .isEqualTo(new Rotation.Unknown());
    assertThat(await(keys().removeApiKey("other", key.id(), LINE))).isFalse();
    assertThat(await(keys().apiKey(key.id()))).contains(key);
    assertThat(await(opened.auditLog().auditTrail(10)))
        .extracting(line -> line.with(null, null))
        .containsExactly(LINE);
  }

  @Test
  void whatIsTakenAwayIsGoneAndUsesAreNoted() throws Exception {
    ApiKey key = key("aaaaaaaaaaaa", TENANT, null, null);
    await(keys().addApiKey(key, LINE));
    await(keys().usedApiKey(key.id(), NOW + 9));
    assertThat(await(keys().apiKey(key.id()))).map(ApiKey::lastUsedAtMillis).contains(NOW + 9);
    assertThat(await(keys().removeApiKey(TENANT, key.id(), LINE))).isTrue();
    assertThat(await(keys().removeApiKey(TENANT, key.id(), LINE))).isFalse();
    await(keys().usedApiKey(key.id(), NOW + 10));
    assertThat(await(keys().apiKey(key.id()))).isEmpty();
  }

  private static ApiKey done(Rotation rotation) {
    assertThat(rotation).isInstanceOf(Rotation.Done.class);
    return ((Rotation.Done) rotation).key();
  }

  private static ApiKey key(String id, String tenant, Previous previous, Long end) {
    return new ApiKey(
        id,
        tenant,
        "shop",
        List.of("sender", "viewer"),
        List.of("notifications:write", "notifications:read"),
        new ApiKey.Quota(10, 200),
        "hash",
        previous,
        NOW,
        "alex",
        previous == null ? null : NOW + 3,
        end,
        null);
  }

  private ApiKeyLedger keys() {
    return opened.apiKeys();
  }
}
