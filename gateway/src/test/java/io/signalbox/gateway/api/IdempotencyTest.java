package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import java.time.Duration;
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

  @Test
  void whereTheAnswerCannotBeKeptItIsGivenAllTheSameAndTheKeyStaysTaken() throws Exception {
    SqliteFiles.ENGINE.change(
        dir,
        "CREATE TRIGGER deaf BEFORE UPDATE ON request_keys BEGIN SELECT RAISE(ABORT, 'deaf'); END");
    String key = "{\"name\":\"shop\",\"roles\":[\"viewer\"]}";
    assertThat(call(0, "POST", "/api/v1/api-keys", key, "eleven").status()).isEqualTo(201);
    Reply again = call(0, "POST", "/api/v1/api-keys", key, "eleven");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().getString("type")).isEqualTo("/problems/idempotency-key-in-use");
    assertThat(ask("SELECT count(*) FROM api_keys")).containsExactly("1");
  }

  @Test
  void whoGoesBeforeTheAnswerFindsItLater() throws Exception {
    String key = "{\"name\":\"shop\",\"roles\":[\"viewer\"]}";
    send("/api/v1/api-keys", key, "twelve").close();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ask("SELECT count(*) FROM request_keys WHERE status = 201").contains("1"));
    Reply again = call(0, "POST", "/api/v1/api-keys", key, "twelve");
    assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    assertThat(ask("SELECT count(*) FROM api_keys")).containsExactly("1");
  }

  @Override
  protected String text(String column) {
    return "CAST(" + column + " AS TEXT)";
  }
}
