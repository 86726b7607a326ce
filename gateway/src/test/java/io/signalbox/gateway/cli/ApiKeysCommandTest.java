package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysCommandTest {
  @TempDir private Path dir;

  @Test
  void makesListsRotatesAndRevokesKeys() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      JsonObject made = keys(gateway, "create --name shop --role sender,viewer --json").json();
      String id = made.getString("id");
      String key = made.getString("key");
      assertThat(key).startsWith("sbx_" + id);
      Ran listed = keys(gateway, "list");
      assertThat(listed.out()).contains(id + " shop, sender viewer, last used never");
      assertThat(listed.out()).doesNotContain(key);
      Ran rotated = keys(gateway, "rotate " + id + " --overlap-seconds 0");
      assertThat(rotated.out()).contains("shown this once: sbx_" + id).doesNotContain(key);
      Ran asKey = Ran.run("api-keys", "--url", gateway.url(), "--token", key);
      assertThat(asKey.exitCode()).as(asKey.err()).isEqualTo(77);
      assertThat(keys(gateway, "revoke " + id).out()).contains("revoked");
      assertThat(keys(gateway, "revoke " + id).exitCode()).isEqualTo(65);
      assertThat(keys(gateway, "revoke").err()).contains("api-keys revoke ID");
      assertThat(keys(gateway, "create --name shop").err()).contains("/roles");
      assertThat(keys(gateway, "list").out()).contains("no API keys");
    }
  }

  private static Ran keys(TestGateway gateway, String line) {
    List<String> words = new ArrayList<>(List.of("api-keys"));
    words.addAll(List.of(line.split(" ", -1)));
    words.addAll(List.of("--url", gateway.url(), "--token", gateway.token(Role.ADMIN)));
    return Ran.run(words.toArray(String[]::new));
  }
}
