package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseRetentionTest;

/** The embedded ledger keeps the contract. */
class SqliteRetentionTest extends BaseRetentionTest {}
