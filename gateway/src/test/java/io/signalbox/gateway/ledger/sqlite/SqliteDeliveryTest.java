package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseDeliveryTest;

/** The embedded ledger keeps the contract. */
class SqliteDeliveryTest extends BaseDeliveryTest {

  @Override
  protected Opened open() throws Exception {
    return SqliteFiles.ports(await(SqliteFiles.open(vertx, directory, heard)));
  }
}
