package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCallbackEndpointTest;

/** The embedded ledger keeps the contract. */
class SqliteCallbackEndpointTest extends BaseCallbackEndpointTest {}
