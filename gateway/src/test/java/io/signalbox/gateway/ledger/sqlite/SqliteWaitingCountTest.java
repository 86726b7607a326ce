package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseWaitingCountTest;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.CountedLedgers;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import java.util.function.LongSupplier;

/** What waits in the embedded ledger. */
class SqliteWaitingCountTest extends BaseWaitingCountTest {
  @Override
  protected SqlLedger counting(LongSupplier nanos) throws Exception {
    SqliteEngine engine = SqliteEngine.open(SqliteFiles.file(directory), () -> 0);
    return CountedLedgers.open(engine, SqliteFiles.OPTIONS, new StoredForm(), nanos);
  }
}
