package io.signalbox.gateway.ledger.postgres;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.PoolStats;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.pgclient.PgConnectOptions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgPoolTest {
  private Vertx vertx;
  private PgPool pool;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() throws Exception {
    if (pool != null) {
      pool.close();
    }
    PostgresServer.await(vertx.close());
  }

  /** Of connections to a server that answers, however long it takes. */
  private PgPool pool(PgConnectOptions database, int min, int max, long idleMillis) {
    return pool(database, min, max, idleMillis, 30_000);
  }

  private PgPool pool(
      PgConnectOptions database, int min, int max, long idleMillis, long connectMillis) {
    pool =
        new PgPool(
            vertx,
            new PostgresOptions(database, min, max, 200, idleMillis, connectMillis, 20_000, 0),
            System::nanoTime);
    return pool;
  }

  /** A server that takes connections, counts them, and says nothing. */
  private PgConnectOptions silent(AtomicInteger asked) throws Exception {
    NetServer silent =
        PostgresServer.await(
            vertx
                .createNetServer()
                .connectHandler(socket -> asked.incrementAndGet())
                .listen(0, "127.0.0.1"));
    return new PgConnectOptions().setHost("127.0.0.1").setPort(silent.actualPort()).setUser("x");
  }

  @Test
  void lendsNoMoreThanItsMaximum() throws Exception {
    pool(PostgresServer.database(), 0, 2, 60_000);
    PgLink one = pool.acquire();
    PgLink two = pool.acquire();

    assertThatThrownBy(pool::acquire)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));
    assertThat(pool.stats()).isEqualTo(new PoolStats(2, 2, 2, 0));
    pool.release(one);
    assertThat(pool.acquire()).isSameAs(one);
    pool.release(one);
    pool.release(two);
    assertThat(pool.stats()).isEqualTo(new PoolStats(2, 2, 0, 0));
  }

  @Test
  void keepsItsMinimumAndClosesWhatIsIdle() throws Exception {
    pool(PostgresServer.database(), 1, 3, 100);
    PgLink one = pool.acquire();
    PgLink two = pool.acquire();
    PgLink three = pool.acquire();
    pool.release(one);
    pool.release(two);
    pool.release(three);

    await().until(() -> pool.stats().open() == 1);
    pool.acquire().lose();
    assertThat(pool.stats().used()).isEqualTo(1);
  }

  @Test
  void aLostConnectionIsNotLentAgain() throws Exception {
    PgConnectOptions database = PostgresServer.database();
    pool(database, 0, 2, 60_000);
    PgLink one = pool.acquire();
    pool.release(one);
    PostgresServer.run(
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

    PgLink other = pool.acquire();
    assertThat(other).isNotSameAs(one);
    assertThat(other.run("SELECT 1").size()).isEqualTo(1);
    pool.release(other);
  }

  @Test
  void sparesThatAServerNeverAnswersUseUpNoPermits() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    pool(silent(asked), 2, 2, 60_000, 500);

    await().until(() -> asked.get() >= 2);
    assertThat(pool.stats().used()).isLessThanOrEqualTo(1);
  }

  @Test
  void ofConnectionsToAServerThatStandsStillOneIsWaitedFor() throws Exception {
    StallingProxy proxy = StallingProxy.before(vertx, PostgresServer.database());
    pool(proxy.address(), 0, 3, 60_000, 5_000);
    List<PgLink> links = List.of(pool.acquire(), pool.acquire(), pool.acquire());
    links.forEach(pool::release);
    proxy.stall();

    assertThatThrownBy(pool::acquire)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08007"));
    assertThat(pool.stats()).isEqualTo(new PoolStats(3, 0, 0, 0));
    proxy.goOn();
    pool.release(pool.acquire());
  }

  @Test
  void attemptsThatAServerNeverAnswersAreBounded() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    pool(silent(asked), 0, 2, 60_000, 500);

    for (int i = 0; i < 8; i++) {
      assertThatThrownBy(pool::acquire)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
    }
    assertThat(asked).hasValueLessThanOrEqualTo(4);
    assertThat(pool.stats()).isEqualTo(new PoolStats(2, 0, 0, 0));
  }

  @Test
  void aServerThatSaysNothingIsNotWaitedForLong() throws Exception {
    pool(silent(new AtomicInteger()), 0, 2, 60_000, 500);

    assertThatThrownBy(pool::acquire)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
    assertThat(pool.stats()).isEqualTo(new PoolStats(2, 0, 0, 0));
  }
}
