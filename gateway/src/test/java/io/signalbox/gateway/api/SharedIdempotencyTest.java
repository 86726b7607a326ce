package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.postgres.PostgresDatabases;
import java.util.List;

/** On two gateways that share a ledger in PostgreSQL. */
class SharedIdempotencyTest extends BaseIdempotencyTest {
  @Override
  protected int count() {
    return 2;
  }

  @Override
  protected TestGateway open() throws Exception {
    return TestGateway.start(
        dir,
        SETTINGS,
        (vertx, config) -> PostgresDatabases.ENGINE.open(vertx, dir, EventOutlet.NONE, Seal.NONE));
  }

  @Override
  protected List<String> ask(String query) throws Exception {
    return PostgresDatabases.ENGINE.ask(dir, query);
  }

  @Override
  protected void age() throws Exception {
    PostgresDatabases.ENGINE.change(
        dir, "UPDATE request_keys SET created_at = created_at - interval '1 hour'");
  }

  @Override
  protected String text(String column) {
    return "convert_from(" + column + ", 'UTF8')";
  }
}
