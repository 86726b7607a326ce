package io.signalbox.gateway.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.BaseStalledTest;
import org.junit.jupiter.api.Test;

/** The embedded ledger keeps the contract. */
class SqliteStalledTest extends BaseStalledTest {

  @Test
  void looksThroughIndexesOfWhatIsInFlightOnly() throws Exception {
    accept();

    assertThat(
            askStore(
                "EXPLAIN QUERY PLAN SELECT id FROM notifications"
                    + " WHERE due_at IS NULL AND state IN (0, 1, 2) AND updated_at < 5 LIMIT 3"))
        .singleElement()
        .asString()
        .contains("notifications_in_no_queue");
  }
}
