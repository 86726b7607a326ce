package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseEventsTest;

/** The embedded ledger keeps the contract. */
class SqliteEventsTest extends BaseEventsTest {

  @Override
  protected Opened open() throws Exception {
    return SqliteFiles.ports(await(SqliteFiles.open(vertx, directory, heard)));
  }
}
