package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests: one for the whole JVM, started when the first test wants it, on a
 * free port; or the one that {@code SIGNALBOX_TEST_PG_URI} names, whose user may make databases.
 */
public final class PostgresServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final String PREFIX =
      "sb_" + ProcessHandle.current().pid() + "_" + Long.toString(System.nanoTime(), 36) + "_";
  // Lives as long as the JVM: making one for each command would take longer than the command.
  private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private static final String END_OTHERS =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
          + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
  private static PgConnectOptions admin;
  private static String template;

  private PostgresServer() {}

  /** Where a new empty database is. */
  public static synchronized PgConnectOptions database() throws Exception {
    return create("");
  }

  /** Where a new database is that has all tables of the ledger, made from one that has them. */
  public static synchronized PgConnectOptions migrated() throws Exception {
    if (template == null) {
      PgConnectOptions made = create("");
      PgLink link = new PgLink(await(PgConnection.connect(VERTX, made)), 30_000);
      PgMigrations.run(link, Clock.systemUTC().millis());
      await(link.connection().close());
      template = made.getDatabase();
    }
    return create(" TEMPLATE " + template);
  }

  private static PgConnectOptions create(String with) throws Exception {
    if (admin == null) {
      admin = start();
    }
    String name = PREFIX + DATABASES.incrementAndGet();
    run(admin, "CREATE DATABASE " + name + with);
    return new PgConnectOptions(admin).setDatabase(name);
  }

  /**
   * Has a database take no changes any more, as one on a server that has become a standby, or take
   * them again. Ends its sessions.
   */
  public static synchronized void readOnly(PgConnectOptions database, boolean only)
      throws Exception {
    String name = database.getDatabase();
    run(admin, "ALTER DATABASE " + name + " SET default_transaction_read_only = " + only);
    run(
        admin,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  /** Runs a command in a database, past the ledger. */
  static RowSet<Row> run(PgConnectOptions database, String command) throws Exception {
    PgConnection connection = await(PgConnection.connect(VERTX, database));
    try {
      return await(connection.query(command).execute());
    } finally {
      await(connection.close());
    }
  }

  /** Empties the tables of a ledger: making a database takes many times as long. */
  static void empty(PgConnectOptions database) throws Exception {
    // What a ledger that was closed had open ends a moment later, and its locks with it.
    Patience.await("the end of earlier sessions")
        .until(() -> run(database, END_OTHERS).size() == 0);
    run(
        database,
        """
        DO $$
        DECLARE name text;
        BEGIN
          FOR name IN SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
              AND NOT c.relispartition AND c.relname NOT LIKE 'ledger%'
              AND c.relname NOT IN ('nodes', 'node_beats', 'leases')
          LOOP
            EXECUTE format('DELETE FROM %I', name);
          END LOOP;
          FOR name IN SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
          LOOP
            EXECUTE format('ALTER SEQUENCE %I RESTART', name);
          END LOOP;
          UPDATE nodes SET left_at = '-infinity', stopped = FALSE;
          DELETE FROM ledger_migrations WHERE version > 50;
          INSERT INTO provider_preferences (id) VALUES (1);
          INSERT INTO seal_keys VALUES ('', '', 0);
          INSERT INTO audit_head VALUES (1, 0, repeat('0', 64));
        END $$""");
  }

  private static PgConnectOptions start() throws IOException {
    String existing = System.getenv("SIGNALBOX_TEST_PG_URI");
    if (existing != null && !existing.isBlank()) {
      return PgConnectOptions.fromUri(existing);
    }
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            // Processes are killed in these tests, never the machine.
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            // It would go through hundreds of databases that live for a moment.
            .setServerConfig("autovacuum", "off")
            .setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "32MB")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
    return new PgConnectOptions()
        .setHost("127.0.0.1")
        .setPort(server.getPort())
        .setUser("postgres")
        .setPassword("postgres")
        .setDatabase("postgres");
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      // The JVM ends, and with it the directory.
    }
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
