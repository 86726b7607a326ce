package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseLedgerTest;

/** The embedded ledger keeps the contract. */
class SqliteLedgerTest extends BaseLedgerTest {

  @Override
  protected Opened open() throws Exception {
    return SqliteFiles.ports(await(SqliteFiles.open(vertx, directory)));
  }
}
