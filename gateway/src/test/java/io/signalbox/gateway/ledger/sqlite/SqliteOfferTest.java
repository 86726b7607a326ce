package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseOfferTest;

/** The embedded ledger keeps the contract. */
class SqliteOfferTest extends BaseOfferTest {}
