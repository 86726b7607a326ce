package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseConfirmationTest;

/** The embedded ledger keeps the contract. */
class SqliteConfirmationTest extends BaseConfirmationTest {}
