package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseReceiptTest;

/** The embedded ledger keeps the contract. */
class SqliteReceiptTest extends BaseReceiptTest {}
