package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCancelTest;

/** The embedded ledger keeps the contract. */
class SqliteCancelTest extends BaseCancelTest {

  @Override
  protected Opened open() throws Exception {
    return SqliteFiles.ports(await(SqliteFiles.open(vertx, directory)));
  }
}
