package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL rings for is heard. */
class PgBellsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String LISTENS =
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
          + " AND query = 'LISTEN bells_test_first'";

  private Vertx vertx;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() throws Exception {
    PostgresServer.await(vertx.close());
  }

  @Test
  void aBellThatIsHungUpWhileTheConnectionIsMadeIsHeard() throws Exception {
    PgConnectOptions database = PostgresServer.database();
    StallingProxy proxy = StallingProxy.before(vertx, database);
    proxy.slowDown(300);
    PgConnection direct = PostgresServer.await(PgConnection.connect(vertx, database));
    PgBells bells = new PgBells(vertx, PostgresDatabases.options(proxy.address()));
    AtomicInteger first = new AtomicInteger();
    AtomicInteger second = new AtomicInteger();
    bells.listen("bells_test_first", first::incrementAndGet);
    // The server has begun to listen, and its answer is on the way.
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> PostgresServer.await(direct.query(LISTENS).execute()).size() > 0);
    bells.listen("bells_test_second", second::incrementAndGet);

    // It rings because the connection is there, or because it is listened to, or for both.
    Awaitility.await().atMost(LIMIT).until(() -> first.get() > 0 && second.get() > 0);
    int before = second.get();
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () -> {
              PostgresServer.await(direct.query("NOTIFY bells_test_second").execute());
              return second.get() > before + 2;
            });
    assertThat(first.get()).isPositive();
    bells.close();
    PostgresServer.await(direct.close());
  }

  @Test
  void aServerThatVanishedWithoutAWordIsNoticedAndTheBellsRingWhenItIsBack() throws Exception {
    StallingProxy proxy = StallingProxy.before(vertx, PostgresServer.database());
    PostgresOptions options =
        new PostgresOptions(proxy.address(), 0, 4, 5_000, 60_000, 1_000, 20_000, 500);
    PgBells bells = new PgBells(vertx, options, 500);
    AtomicInteger rung = new AtomicInteger();
    bells.listen("bells_test_first", rung::incrementAndGet);
    Awaitility.await().atMost(LIMIT).until(() -> rung.get() > 0);
    int connections = proxy.connections();
    proxy.stall();
    Awaitility.await().atMost(LIMIT).until(() -> proxy.connections() > connections);
    int before = rung.get();
    proxy.goOn();
    Awaitility.await().atMost(LIMIT).until(() -> rung.get() > before);
    bells.close();
  }
}
