package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PgPartitionsTest {
  private static final long MUCH_LATER = Instant.parse("2090-01-01T00:00:00Z").toEpochMilli();
  private static final int WEEKS = 4;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    PostgresServer.await(vertx.close());
  }

  private static int partitions(PgConnectOptions database, String table) throws Exception {
    return PostgresServer.run(
            database,
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE '"
                + table
                + "\\_20______'")
        .size();
  }

  @Test
  void thoseOfATableThatSomebodyReadsForLongAreMadeLater() throws Exception {
    PgConnectOptions database = PostgresServer.migrated();
    int before = partitions(database, "notifications");
    PgLink link = new PgLink(PostgresServer.await(PgConnection.connect(vertx, database)), 30_000);
    PgConnection reader = PostgresServer.await(PgConnection.connect(vertx, database));
    PostgresServer.await(reader.query("BEGIN").execute());
    PostgresServer.await(reader.query("LOCK TABLE notifications IN ACCESS SHARE MODE").execute());

    PgPartitions.make(link, MUCH_LATER);
    assertThat(partitions(database, "notifications")).isEqualTo(before);
    assertThat(partitions(database, "provider_requests")).isEqualTo(before + WEEKS);

    PostgresServer.await(reader.query("ROLLBACK").execute());
    PgPartitions.make(link, MUCH_LATER);
    assertThat(partitions(database, "notifications")).isEqualTo(before + WEEKS);
  }
}
