package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.BaseWaitingCountTest;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.CountedLedgers;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import java.time.Clock;
import java.util.function.LongSupplier;

/** What waits in PostgreSQL. */
class PostgresWaitingCountTest extends BaseWaitingCountTest {
  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @Override
  protected SqlLedger counting(LongSupplier nanos) throws Exception {
    PostgresEngine engine =
        PostgresEngine.open(
            vertx,
            PostgresDatabases.options(PostgresDatabases.ENGINE.database(directory)),
            NodeOptions.of("test"),
            Clock.systemUTC());
    return CountedLedgers.open(engine, PostgresDatabases.LIMITS, new StoredForm(), nanos);
  }
}
