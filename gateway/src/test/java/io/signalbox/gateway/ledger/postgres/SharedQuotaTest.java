package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.QuotaLedger.Taken;
import io.signalbox.gateway.ledger.QuotaLedger.Use;
import io.signalbox.gateway.ledger.QuotaLedger.Whose;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one ledger take of the same quotas. */
class SharedQuotaTest extends LedgerContract {
  private static final Whose DAY = new Whose(TENANT, "", "2026-01-31");

  private SqlLedger other;

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @BeforeEach
  void join() throws Exception {
    other = await(engine().open(vertx, directory, outlet(), seal()));
  }

  @AfterEach
  void leave() throws Exception {
    await(other.close());
  }

  @Test
  void acceptsDoNotWaitForARowThatAnotherNodeHolds() throws Exception {
    await(opened.quotas().take(DAY, 1, 10, 0));
    PgConnection standing =
        await(PgConnection.connect(vertx, PostgresDatabases.ENGINE.database(directory)));
    await(standing.query("BEGIN").execute());
    await(standing.query("SELECT used FROM quota_uses FOR UPDATE").execute());
    Future<Taken> taken = opened.quotas().take(DAY, 1, 10, 0);
    assertThat(accept()).isNotNull();
    assertThat(taken.isComplete()).isFalse();
    await(standing.query("ROLLBACK").execute());
    assertThat(await(taken)).isEqualTo(new Taken(1, 2));
    await(standing.close());
  }

  @Test
  void togetherTheyTakeWhatThereIsHoweverManyTakeAtOnce() throws Exception {
    List<Future<Taken>> asked = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      asked.add((i % 2 == 0 ? opened.quotas() : other.quotas()).take(DAY, 3, 500, 0));
    }
    long granted = 0;
    for (Future<Taken> each : asked) {
      granted += await(each).granted();
    }
    assertThat(granted).isEqualTo(500);
    assertThat(await(opened.quotas().uses(TENANT, List.of(DAY.period()))))
        .containsExactly(new Use(DAY, 500));
  }
}
