package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCallbackQueueTest;

/** The embedded ledger keeps the contract. */
class SqliteCallbackQueueTest extends BaseCallbackQueueTest {

  @Override
  protected Opened open() throws Exception {
    return SqliteFiles.ports(await(SqliteFiles.open(vertx, directory, heard)));
  }
}
