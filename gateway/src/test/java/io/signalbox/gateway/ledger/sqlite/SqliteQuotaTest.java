package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseQuotaTest;

/** The embedded ledger keeps the contract. */
class SqliteQuotaTest extends BaseQuotaTest {}
