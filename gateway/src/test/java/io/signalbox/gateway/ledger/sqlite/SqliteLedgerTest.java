package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseLedgerTest;

/** The embedded ledger keeps the contract. */
class SqliteLedgerTest extends BaseLedgerTest {

  @Override
  protected Opened open() throws Exception {
    SqliteLedger ledger = await(SqliteFiles.open(vertx, directory));
    return new Opened(ledger, ledger, ledger, ledger.webhooks(), ledger.suppressions());
  }
}
