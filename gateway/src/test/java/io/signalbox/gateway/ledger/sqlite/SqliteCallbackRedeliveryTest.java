package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCallbackRedeliveryTest;

/** The embedded ledger keeps the contract. */
class SqliteCallbackRedeliveryTest extends BaseCallbackRedeliveryTest {}
