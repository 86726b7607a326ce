package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseBookingInboxTest;

/** The embedded ledger keeps the contract. */
class SqliteBookingInboxTest extends BaseBookingInboxTest {}
