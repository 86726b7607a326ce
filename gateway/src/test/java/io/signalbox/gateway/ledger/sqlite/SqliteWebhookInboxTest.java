package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseWebhookInboxTest;

/** The embedded ledger keeps the contract. */
class SqliteWebhookInboxTest extends BaseWebhookInboxTest {}
