package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.BaseCallbackTest;
import io.signalbox.gateway.ledger.CallbackLedger;
import io.signalbox.gateway.ledger.CallbackQueue;

/** The embedded ledger keeps the contract. */
class SqliteCallbackTest extends BaseCallbackTest {
  private SqliteLedger ledger;

  @Override
  protected Opened open() throws Exception {
    ledger = await(SqliteFiles.open(vertx, directory, heard));
    return new Opened(ledger, ledger, ledger, ledger.webhooks(), ledger.suppressions());
  }

  @Override
  protected CallbackLedger callbacks() {
    return ledger.callbacks();
  }

  @Override
  protected CallbackQueue queue() {
    return ledger.callbackQueue();
  }
}
