package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCallbackFailureTest;

/** The embedded ledger keeps the contract. */
class SqliteCallbackFailureTest extends BaseCallbackFailureTest {}
