package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCancelTest;

/** The embedded ledger keeps the contract. */
class SqliteCancelTest extends BaseCancelTest {}
