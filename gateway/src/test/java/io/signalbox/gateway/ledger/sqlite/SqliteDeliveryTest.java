package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseDeliveryTest;

/** The embedded ledger keeps the contract. */
class SqliteDeliveryTest extends BaseDeliveryTest {}
