package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.QuotaLedger.Taken;
import io.signalbox.gateway.ledger.QuotaLedger.Use;
import io.signalbox.gateway.ledger.QuotaLedger.Whose;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Quotas in a ledger. */
public abstract class BaseQuotaTest extends LedgerContract {
  private static final Whose DAY = new Whose(TENANT, "", "2026-01-31");

  @Test
  void noMoreIsTakenThanThereIsAlsoAcrossAStart() throws Exception {
    assertThat(await(quotas().take(DAY, 7, 10, 0))).isEqualTo(new Taken(7, 7));
    reopen();
    assertThat(await(quotas().take(DAY, 7, 10, 0))).isEqualTo(new Taken(3, 10));
    assertThat(await(quotas().take(DAY, 1, 10, 0))).isEqualTo(new Taken(0, 10));
    // What is owed is noted in any case, and what was not used can be taken by others.
    assertThat(await(quotas().take(DAY, 1, 10, 4))).isEqualTo(new Taken(0, 14));
    assertThat(await(quotas().take(DAY, 0, 10, -6))).isEqualTo(new Taken(0, 8));
    assertThat(await(quotas().take(DAY, 5, 10, 0))).isEqualTo(new Taken(2, 10));
  }

  @Test
  void aFiftiethOfWhatIsLeftIsTakenAhead() throws Exception {
    assertThat(await(quotas().take(DAY, 1, 10_000, 0))).isEqualTo(new Taken(200, 200));
    assertThat(await(quotas().take(DAY, 9_650, 10_000, 0))).isEqualTo(new Taken(9_650, 9_850));
    // Whoever asks for the first time does not know that, and takes no more than others would.
    assertThat(await(quotas().take(DAY, 1, 10_000, 0))).isEqualTo(new Taken(3, 9_853));
    assertThat(await(quotas().take(new Whose(TENANT, "", "2026-01"), 1, 1_000_000, 0)))
        .isEqualTo(new Taken(1_000, 1_000));
  }

  @Test
  void tenantsKeysAndPeriodsCountForThemselves() throws Exception {
    Whose key = new Whose(TENANT, "aaaaaaaaaaaa", DAY.period());
    Whose month = new Whose(TENANT, "", "2026-01");
    Whose other = new Whose("other", "", DAY.period());
    for (Whose whose : List.of(DAY, key, month, other)) {
      assertThat(await(quotas().take(whose, 2, 10, 0))).isEqualTo(new Taken(2, 2));
    }
    assertThat(await(quotas().uses(TENANT, List.of("2026-01-31", "2026-01"))))
        .containsExactly(new Use(DAY, 2), new Use(key, 2), new Use(month, 2));
    assertThat(await(quotas().uses(TENANT, List.of("2026-02-01")))).isEmpty();
  }

  @Test
  void periodsLongOverAreForgotten() throws Exception {
    await(quotas().take(DAY, 2, 10, 0));
    await(quotas().take(new Whose(TENANT, "", "2026-04-03"), 2, 10, 0));
    assertThat(await(quotas().uses(TENANT, List.of(DAY.period())))).hasSize(1);
    await(quotas().take(new Whose(TENANT, "", "2026-04-04"), 2, 10, 0));
    assertThat(await(quotas().uses(TENANT, List.of(DAY.period())))).isEmpty();
  }

  private QuotaLedger quotas() {
    return opened.quotas();
  }
}
