package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.BaseWaitingCountTest;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.CountedLedgers;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** What waits in PostgreSQL. */
class PostgresWaitingCountTest extends BaseWaitingCountTest {
  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @Override
  protected SqlLedger counting(LongSupplier nanos) throws Exception {
    PostgresEngine engine =
        PostgresEngine.open(
            vertx,
            PostgresDatabases.options(PostgresDatabases.ENGINE.database(directory)),
            NodeOptions.of("test"),
            Clock.systemUTC());
    return CountedLedgers.open(engine, PostgresDatabases.LIMITS, new StoredForm(), nanos);
  }

  @Test
  void whatAnotherGatewayDoesShowsAtTheNextCount() throws Exception {
    Map<Integer, Long> before = stored();
    SqlLedger other = await(vertx.executeBlocking(() -> counting(System::nanoTime)));
    try {
      await(other.acceptAll(List.of(request("a"), request("b"))));
      assertThat(told()).isEqualTo(before).isNotEqualTo(stored());
      count();
    } finally {
      await(other.close());
    }
  }
}
