package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCallbackEndpointTest;

/** The embedded ledger keeps the contract. */
class SqliteCallbackEndpointTest extends BaseCallbackEndpointTest {

  @Override
  protected Opened open() throws Exception {
    return SqliteFiles.ports(await(SqliteFiles.open(vertx, directory, heard)));
  }
}
