package io.signalbox.gateway.server;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.ledger.postgres.PostgresServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that answers whoever reads and takes no changes, as a standby does. */
class ReadOnlyDatabaseTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path dir;

  private final HttpClient http = HttpClient.newHttpClient();

  private static <T> T told(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private JsonObject readiness(GatewayServer server) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/ready")).build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    JsonObject json = new JsonObject(answer.body());
    assertThat(answer.statusCode()).isEqualTo(json.getString("status").equals("ready") ? 200 : 503);
    return json;
  }

  @Test
  void keepsTheGatewayFromBeingReadyForAsLongAsItLasts() throws Exception {
    PgConnectOptions database = PostgresServer.migrated();
    Map<String, String> settings = OnPostgres.settings(dir, database);
    settings.put("spool.max_entries", "0");
    GatewayServer server =
        told(GatewayServer.start(ConfigLoader.load(Optional.empty(), Map.of(), settings)));
    try {
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> assertThat(readiness(server).getString("status")).isEqualTo("ready"));

      PostgresServer.readOnly(database, true);

      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(readiness(server).getJsonArray("reasons"))
                      .containsExactly("ledger_refuses"));

      PostgresServer.readOnly(database, false);

      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> assertThat(readiness(server).getString("status")).isEqualTo("ready"));
    } finally {
      PostgresServer.readOnly(database, false);
      told(server.stop());
    }
  }
}
