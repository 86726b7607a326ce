package io.signalbox.gateway.server;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.vault.TestKeys;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole gateway does at its start with the keys that it is given. */
class KeyedStartTest {
  private static final String RING = "security.encryption_keys";

  @TempDir Path dir;

  private Future<GatewayServer> start(String ring) {
    Map<String, String> settings = new HashMap<>();
    settings.put("http.port", "0");
    settings.put("data.dir", dir.resolve("data").toString());
    settings.put("plugins.dir", dir.resolve("plugins").toString());
    settings.put(RING, ring);
    Future<GatewayServer> started =
        GatewayServer.start(ConfigLoader.load(Optional.empty(), Map.of(), settings));
    ended(started);
    return started;
  }

  private static void ended(Future<?> future) {
    CompletableFuture<?> told = future.toCompletionStage().toCompletableFuture();
    await().atMost(Duration.ofSeconds(60)).until(told::isDone);
  }

  private void refused(String ring, String... words) {
    Future<GatewayServer> refused = start(ring);
    assertThat(refused.failed()).isTrue();
    assertThat(refused.cause().getMessage()).contains(RING).contains(words);
  }

  @Test
  void aStartWithoutTheKeysIsRefusedAndSaysWhichIsMissing() throws Exception {
    String ring = TestKeys.ring(dir, "a").toString();
    ended(start(ring).result().stop());

    refused("", "the ledger is sealed with key a", "a: lost");
    refused(dir.resolve("nowhere").toString(), "there is no file", "nowhere");
    TestKeys.ring(dir, "b");
    refused(ring, "the ledger is sealed with key a", "a: lost");
    TestKeys.ring(dir, "b", "a=other");
    refused(ring, "key a is not the key of that id");
    Files.writeString(Path.of(ring), "a: file:" + dir.resolve("gone") + "\n");
    refused(ring, "line 1", "gone");

    TestKeys.ring(dir, "b", "a");
    ended(start(ring).result().stop());
  }
}
