package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseSuppressionTest;

/** The embedded ledger keeps the contract. */
class SqliteSuppressionTest extends BaseSuppressionTest {}
