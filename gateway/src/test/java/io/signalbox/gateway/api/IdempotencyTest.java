package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import java.util.List;

/** On one gateway with the embedded ledger. */
class IdempotencyTest extends BaseIdempotencyTest {
  @Override
  protected int count() {
    return 1;
  }

  @Override
  protected TestGateway open() throws Exception {
    return TestGateway.start(dir, SETTINGS);
  }

  @Override
  protected List<String> ask(String query) throws Exception {
    return SqliteFiles.ENGINE.ask(dir, query);
  }

  @Override
  protected String text(String column) {
    return "CAST(" + column + " AS TEXT)";
  }
}
