package io.signalbox.gateway.ledger.postgres;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.signalbox.gateway.trail.CapturedTrail;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Gateways that start at the same time wait for each other, and say so. */
class PgMigrationsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void whoWaitsLongForAnotherSaysSo() throws Exception {
    Vertx vertx = Vertx.vertx();
    PgConnectOptions database = PostgresServer.database();
    PgConnection other = PostgresServer.await(PgConnection.connect(vertx, database));
    String lock = "(" + PgMigrations.LOCK + ")";
    PostgresServer.await(other.query("SELECT pg_advisory_lock" + lock).execute());
    PgLink link = new PgLink(PostgresServer.await(PgConnection.connect(vertx, database)), 60_000);
    try (CapturedTrail log = new CapturedTrail(PgMigrations.class)) {
      Future<Boolean> run =
          vertx.executeBlocking(
              () -> {
                PgMigrations.run(link, Clock.systemUTC().millis(), Duration.ofMillis(100));
                return true;
              });
      await().atMost(LONG).until(() -> log.from(Level.WARN).size() == 1);
      assertThat(run.isComplete()).isFalse();

      PostgresServer.await(other.query("SELECT pg_advisory_unlock" + lock).execute());
      PostgresServer.await(run);
      assertThat(log.from(Level.WARN)).hasSize(1);
    }
    assertThat(PostgresServer.run(database, "SELECT version FROM ledger_migrations").size())
        .isEqualTo(PgMigrations.currentVersion());
    PostgresServer.await(vertx.close());
  }
}
