package io.signalbox.deploy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An empty database for a gateway process, in a PostgreSQL that this process has started on a free
 * port, or in the one that {@code SIGNALBOX_TEST_PG_URI} names.
 */
final class PostgresDatabase implements AutoCloseable {
  private static final AtomicInteger MADE = new AtomicInteger();

  private final @Nullable EmbeddedPostgres server;
  private final String host;
  private final int port;
  private final String user;
  private final String password;
  private final String name =
      "signalbox_it_" + ProcessHandle.current().pid() + "_" + MADE.incrementAndGet();

  /** Whether it has to be dropped: a server of ours ends with all it has. */
  private final boolean stays;

  private PostgresDatabase(
      @Nullable EmbeddedPostgres server,
      String host,
      int port,
      String user,
      String password,
      boolean stays) {
    this.server = server;
    this.stays = stays;
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
  }

  static PostgresDatabase create() throws IOException, SQLException {
    return find().made();
  }

  /** Another one in the same server, which goes with this one's. */
  PostgresDatabase another() throws SQLException {
    return new PostgresDatabase(null, host, port, user, password, stays).made();
  }

  private PostgresDatabase made() throws SQLException {
    run("CREATE DATABASE " + name);
    return this;
  }

  private static PostgresDatabase find() throws IOException {
    String existing = System.getenv("SIGNALBOX_TEST_PG_URI");
    if (existing != null && !existing.isBlank()) {
      URI uri = URI.create(existing);
      String[] login = uri.getUserInfo().split(":", 2);
      int port = uri.getPort() < 0 ? 5432 : uri.getPort();
      return new PostgresDatabase(
          null, uri.getHost(), port, login[0], login.length > 1 ? login[1] : "", true);
    }
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setPort(RestartPort.free())
            .setPGStartupWait(Duration.ofMinutes(2))
            .start();
    return new PostgresDatabase(
        server, "127.0.0.1", server.getPort(), "postgres", "postgres", false);
  }

  /** Unlike that of any other database of tests. */
  String name() {
    return name;
  }

  /** What a gateway is told of it; the password comes in a file. */
  GatewaySettings settings(GatewaySettings others, Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("postgres-password"), password + "\n");
    return others
        .with("ledger.engine", "postgres")
        .with("postgres.host", host)
        .with("postgres.port", port)
        .with("postgres.database", name)
        .with("postgres.user", user)
        .with("postgres.password", "file:" + file);
  }

  private void run(String command) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    String url = "jdbc:postgresql://" + host + ":" + port + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, login);
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  @Override
  public void close() throws IOException, SQLException {
    if (stays) {
      run("DROP DATABASE " + name + " WITH (FORCE)");
    }
    if (server != null) {
      server.close();
    }
  }
}
