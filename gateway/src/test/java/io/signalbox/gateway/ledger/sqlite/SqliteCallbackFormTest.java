package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCallbackFormTest;

/** The embedded ledger keeps the contract. */
class SqliteCallbackFormTest extends BaseCallbackFormTest {}
