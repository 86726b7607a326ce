package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import java.util.List;
import org.junit.jupiter.api.Test;

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
  protected void age() throws Exception {
    SqliteFiles.ENGINE.change(dir, "UPDATE request_keys SET created_at = created_at - 3600000");
  }

  @Test
  void aRefusalBeforeAnythingWasDoneLeavesTheKeyFree() throws Exception {
    String all = "/api/v1/dead-letters?all=true";
    SqliteFiles.ENGINE.change(
        dir,
        "CREATE TRIGGER deaf BEFORE INSERT ON audit_log BEGIN SELECT RAISE(ABORT, 'deaf'); END");
    Reply refused = call(0, "DELETE", all, "", "eight");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().getString("detail")).contains("nothing was done");
    SqliteFiles.ENGINE.change(dir, "DROP TRIGGER deaf");
    Reply done = call(0, "DELETE", all, "", "eight");
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.header("idempotency-replayed")).isEmpty();
  }

  @Override
  protected String text(String column) {
    return "CAST(" + column + " AS TEXT)";
  }
}
