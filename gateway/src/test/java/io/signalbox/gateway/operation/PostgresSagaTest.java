package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.postgres.PostgresDatabases;

/** Operations over the ledger in PostgreSQL. */
class PostgresSagaTest extends BaseSagaTest {
  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }
}
