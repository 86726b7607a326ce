package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.plugins.MailJar;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A jar whose request waits for two answers, who calls and whether it came before, arrives whole.
 */
class UploadKeyTest {
  @TempDir private Path home;
  private PluginGateway gateway;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    gateway = PluginGateway.start(home, Map.of());
    calls = new Calls(gateway.url());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void anUploadWithAnApiKeyAndAnIdempotencyKeyIsDoneOnce() throws Exception {
    JsonObject key =
        gateway
            .call("POST", "/api/v1/api-keys", "{\"name\":\"ci\",\"roles\":[\"admin\"]}", Role.ADMIN)
            .json();
    for (int i = 0; i < 3; i++) {
      byte[] jar = MailJar.of("1." + i);
      gateway.forgetApiKey(key.getString("id"));
      Reply first = upload(jar, key.getString("key"), "k" + i);
      assertThat(first.status()).as(first.text()).isEqualTo(200);
      assertThat(first.header("idempotency-replayed")).isEmpty();
      gateway.forgetApiKey(key.getString("id"));
      Reply again = upload(jar, key.getString("key"), "k" + i);
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.header("idempotency-replayed")).isEqualTo("true");
      assertThat(again.json()).isEqualTo(first.json());
    }
    assertThat(gateway.audited().stream().filter("plugin.upload loaded"::equals)).hasSize(3);
  }

  @Test
  void anUploadThatBrokeOffLeavesItsKeyFree() throws Exception {
    byte[] jar = MailJar.of("1.0");
    String token = gateway.token(Role.ADMIN);
    try (RawConnection half = new RawConnection(gateway.url())) {
      half.write(
          "PUT "
              + PluginGateway.MAIL
              + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
              + token
              + "\r\nidempotency-key: k\r\ncontent-digest: "
              + digest(jar)
              + "\r\ncontent-length: "
              + jar.length
              + "\r\n\r\n");
      half.write(Arrays.copyOf(jar, jar.length / 2));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> gateway.upload(jar, keyed(jar, "k")).status() == 409);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> gateway.upload(jar, keyed(jar, "k")).status() == 200);
    assertThat(gateway.audited()).contains("plugin.upload loaded");
  }

  @Test
  void theJarIsToSayThatItIsOne() throws Exception {
    Reply refused = gateway.upload(MailJar.of("1.0"), "content-type", "text/plain");
    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.json().getString("detail")).contains("application/java-archive");
  }

  private static String[] keyed(byte[] jar, String key) throws Exception {
    return new String[] {"idempotency-key", key, "content-digest", digest(jar)};
  }

  private static String digest(byte[] jar) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(jar);
    return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
  }

  @Test
  void withAKeyTheDigestIsNeeded() throws Exception {
    Reply refused = gateway.upload(MailJar.of("1.0"), "idempotency-key", "k");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().getString("detail")).contains("Content-Digest");
    assertThat(gateway.audited()).isEmpty();
  }

  private Reply upload(byte[] jar, String apiKey, String key) throws Exception {
    return calls.sendBytes(
        "PUT",
        PluginGateway.MAIL,
        BodyPublishers.ofByteArray(jar),
        "x-api-key",
        apiKey,
        "idempotency-key",
        key,
        "content-type",
        "application/java-archive",
        "content-digest",
        digest(jar));
  }
}
