package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseAuditTest;

/** The embedded ledger keeps the contract. */
class SqliteAuditTest extends BaseAuditTest {}
