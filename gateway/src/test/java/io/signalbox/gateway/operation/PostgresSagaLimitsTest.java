package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.postgres.PostgresDatabases;

/** The limits of operations over the ledger in PostgreSQL. */
class PostgresSagaLimitsTest extends BaseSagaLimitsTest {
  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }
}
