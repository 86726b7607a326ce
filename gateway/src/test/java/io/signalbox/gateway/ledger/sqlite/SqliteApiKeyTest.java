package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseApiKeyTest;

/** The embedded ledger keeps the contract. */
class SqliteApiKeyTest extends BaseApiKeyTest {}
