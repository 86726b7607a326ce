package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCallbackQueueTest;

/** The embedded ledger keeps the contract. */
class SqliteCallbackQueueTest extends BaseCallbackQueueTest {}
