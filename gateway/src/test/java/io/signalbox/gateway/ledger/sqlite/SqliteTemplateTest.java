package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseTemplateTest;

/** The embedded ledger keeps the contract. */
class SqliteTemplateTest extends BaseTemplateTest {}
