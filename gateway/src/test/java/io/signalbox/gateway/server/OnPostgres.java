package io.signalbox.gateway.server;

import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a gateway that has its ledger in a PostgreSQL of the tests. */
final class OnPostgres {
  private OnPostgres() {}

  /** Settings on a free port, with all files in a folder. */
  static Map<String, String> settings(Path dir, PgConnectOptions address) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("http.port", "0");
    settings.put("data.dir", dir.resolve("data").toString());
    settings.put("plugins.dir", dir.resolve("plugins").toString());
    settings.put("ledger.engine", "postgres");
    settings.put("postgres.host", address.getHost());
    settings.put("postgres.port", Integer.toString(address.getPort()));
    settings.put("postgres.database", address.getDatabase());
    settings.put("postgres.user", address.getUser());
    if (address.getPassword() != null) {
      Path password = dir.resolve("password");
      Files.writeString(password, address.getPassword());
      settings.put("postgres.password", "file:" + password);
    }
    return settings;
  }
}
