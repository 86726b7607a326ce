package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseSuppressionListTest;

/** The embedded ledger keeps the contract. */
class SqliteSuppressionListTest extends BaseSuppressionListTest {}
