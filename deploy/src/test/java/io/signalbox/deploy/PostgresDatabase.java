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
import org.jspecify.annotations.Nullable;

/**
 * An empty database for a gateway process, in a PostgreSQL of its own on a free port, or in the one
 * that {@code SIGNALBOX_TEST_PG_URI} names.
 */
final class PostgresDatabase implements AutoCloseable {
  private static final String NAME = "signalbox_it_" + ProcessHandle.current().pid();

  private final @Nullable EmbeddedPostgres server;
  private final String host;
  private final int port;
  private final String user;
  private final String password;

  private PostgresDatabase(
      @Nullable EmbeddedPostgres server, String host, int port, String user, String password) {
    this.server = server;
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
  }

  static PostgresDatabase create() throws IOException, SQLException {
    PostgresDatabase made = find();
    made.run("CREATE DATABASE " + NAME);
    return made;
  }

  private static PostgresDatabase find() throws IOException {
    String existing = System.getenv("SIGNALBOX_TEST_PG_URI");
    if (existing != null && !existing.isBlank()) {
      URI uri = URI.create(existing);
      String[] login = uri.getUserInfo().split(":", 2);
      int port = uri.getPort() < 0 ? 5432 : uri.getPort();
      return new PostgresDatabase(
          null, uri.getHost(), port, login[0], login.length > 1 ? login[1] : "");
    }
    EmbeddedPostgres server =
        EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(60)).start();
    return new PostgresDatabase(server, "127.0.0.1", server.getPort(), "postgres", "postgres");
  }

  /** What a gateway is told of it; the password comes in a file. */
  GatewaySettings settings(GatewaySettings others, Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("postgres-password"), password + "\n");
    return others
        .with("ledger.engine", "postgres")
        .with("postgres.host", host)
        .with("postgres.port", port)
        .with("postgres.database", NAME)
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
    try {
      run("DROP DATABASE " + NAME + " WITH (FORCE)");
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }
}
