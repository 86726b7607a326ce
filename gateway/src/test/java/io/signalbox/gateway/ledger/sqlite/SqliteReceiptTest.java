package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseReceiptTest;

/** The embedded ledger keeps the contract. */
class SqliteReceiptTest extends BaseReceiptTest {

  @Override
  protected Opened open() throws Exception {
    return SqliteFiles.ports(await(SqliteFiles.open(vertx, directory)));
  }
}
