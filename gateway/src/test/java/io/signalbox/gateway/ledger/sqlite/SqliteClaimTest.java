package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseClaimTest;

/** The embedded ledger keeps the contract. */
class SqliteClaimTest extends BaseClaimTest {}
