package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCallbackFailureTest;

/** The embedded ledger keeps the contract. */
class SqliteCallbackFailureTest extends BaseCallbackFailureTest {

  @Override
  protected Opened open() throws Exception {
    return SqliteFiles.ports(await(SqliteFiles.open(vertx, directory, heard)));
  }
}
