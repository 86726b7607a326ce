package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseReportsTest;

/** The embedded ledger keeps the contract. */
class SqliteReportsTest extends BaseReportsTest {

  @Override
  protected Opened open() throws Exception {
    return SqliteFiles.ports(await(SqliteFiles.open(vertx, directory)));
  }
}
