package io.signalbox.gateway.api;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.plugins.MailJar;
import io.signalbox.gateway.security.Role;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that are refused say why, stand in the audit log, and leave everything as it was. */
class PluginRefusalTest {
  @TempDir private Path home;
  private PluginGateway gateway;
  private byte[] present;

  @BeforeEach
  void start() throws Exception {
    gateway = PluginGateway.start(home, Map.of());
    present = MailJar.of("1.0");
    gateway.upload(present);
    gateway.configure("mail-eu");
    await().until(() -> gateway.providers.running.containsKey("mail-eu"));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aJarThatDoesNotPassTheChecksNeverEntersTheFolder() throws Exception {
    byte[] whole = MailJar.of("1.1");
    refused(gateway.upload(Arrays.copyOf(whole, whole.length / 2)), 422, "is no complete jar");
    refused(gateway.upload(new byte[0]), 422, "is no complete jar");
    refused(gateway.upload(MailJar.named("letters")), 422, "Signalbox-Plugin: letters");
    refused(
        gateway.upload(whole, "content-digest", digest(present)), 422, "the SHA-256 of the jar");
    AuditEntry last = gateway.auditTrail().get(gateway.auditTrail().size() - 1);
    assertThat(last.outcome()).isEqualTo("refused");
    assertThat(last.after()).isNotNull();
    assertThat(last.detail()).contains("the SHA-256 of the jar");
  }

  @Test
  void aJarThatCannotBeLoadedIsTakenBack() throws Exception {
    refused(gateway.upload(MailJar.broken("1.1")), 422, "no licence");
    assertThat(gateway.shown().getString("state")).isEqualTo("running");
    assertThat(gateway.shown().getJsonArray("previous")).isEmpty();
  }

  @Test
  void aJarThatItsProvidersDoNotRunOnIsTakenBack() throws Exception {
    gateway.providers.unfit.add("1.1");
    refused(gateway.upload(MailJar.of("1.1")), 422, "mail-eu does not run on it");
    assertThat(gateway.shown().getString("state")).isEqualTo("running");
    assertThat(gateway.shown().getString("by")).isEqualTo("test");
    assertThat(gateway.shown().getJsonArray("previous")).isEmpty();
    assertThat(gateway.rollback("").status()).isEqualTo(404);
  }

  @Test
  void aBrokenFirstJarLeavesNothing() throws Exception {
    gateway.call("DELETE", PluginGateway.MAIL, "", Role.ADMIN);
    Reply reply = gateway.upload(MailJar.broken("2.0"));
    assertThat(reply.status()).as(reply.text()).isEqualTo(422);
    assertThat(gateway.jar()).doesNotExist();
    // Its classes are let go of after the answer.
    await()
        .untilAsserted(() -> assertThat(gateway.shown().getString("state")).isEqualTo("removed"));
  }

  @Test
  void whatWasCopiedHalfIsRepairedByARollback() throws Exception {
    gateway.drop(Arrays.copyOf(present, present.length / 2));
    await().until(() -> "refused".equals(gateway.shown().getString("state")));
    assertThat(gateway.shown().getString("last_error")).contains("is no complete jar");
    assertThat(gateway.shown().getJsonArray("previous")).hasSize(1);
    Reply repaired = gateway.rollback("");
    assertThat(repaired.json().getString("outcome")).as(repaired.text()).isEqualTo("running");
    assertThat(gateway.jar()).hasBinaryContent(present);
  }

  @Test
  void aProviderWhoseFileHasMistakesDoesNotHoldUpAnUpload() throws Exception {
    Files.writeString(gateway.dir.resolve("mail-eu.yaml"), "plugin: mail\nweight: much\n");
    await().until(() -> gateway.shown().getJsonArray("providers").encode().contains("weight"));
    Reply reply = gateway.upload(MailJar.of("1.1"));
    assertThat(reply.json().getString("outcome")).as(reply.text()).isEqualTo("running");
    assertThat(gateway.providers.running).containsExactly(Map.entry("mail-eu", "1.1"));
  }

  @Test
  void fewUploadsAtATimeAndThoseThatEndHalfWayLeaveRoom() throws Exception {
    try (Socket one = half();
        Socket two = half()) {
      assertThat(List.of(one, two)).allMatch(Socket::isConnected);
      await()
          .untilAsserted(
              () ->
                  assertThat(gateway.upload(MailJar.of("1.1"), "if-none-match", "*").status())
                      .isEqualTo(503));
    }
    await().until(() -> gateway.upload(MailJar.of("1.1")).status() == 200);
    // There is room as soon as one of the two has ended.
    await()
        .untilAsserted(
            () -> {
              assertThat(gateway.audited()).contains("plugin.upload failed");
              try (Stream<Path> kept =
                  Files.list(home.resolve("data").resolve("plugins-history"))) {
                assertThat(
                        kept.filter(file -> file.getFileName().toString().startsWith("incoming")))
                    .isEmpty();
              }
            });
  }

  /** A client that has sent half of a jar. */
  private Socket half() throws Exception {
    URI url = URI.create(gateway.url());
    Socket client = new Socket(url.getHost(), url.getPort());
    String head =
        "PUT /api/v1/plugins/mail HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n"
            + "Authorization: Bearer "
            + gateway.token(Role.ADMIN)
            + "\r\n\r\n";
    client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().write(new byte[5_000]);
    client.getOutputStream().flush();
    return client;
  }

  @Test
  void whatElseTheClientExpectsIsHeld() throws Exception {
    byte[] next = MailJar.of("1.1");
    String tag = '"' + gateway.shown().getString("sha256") + '"';
    String another = '"' + "0".repeat(64) + '"';
    refused(gateway.upload(next, "if-match", another), 412, "If-Match names another jar");
    refused(gateway.upload(next, "if-match", "*"), 422, "If-Match must be the ETag");
    refused(gateway.upload(next, "if-none-match", "*"), 412, "there is one of that name");
    refused(gateway.upload(next, "content-digest", "md5=:x:"), 422, "Content-Digest must be");
    assertThat(gateway.call("GET", PluginGateway.MAIL, "", Role.ADMIN).header("etag"))
        .isEqualTo(tag);
    Reply done = gateway.upload(next, "if-match", tag, "content-digest", digest(next));
    assertThat(done.status()).as(done.text()).isEqualTo(200);
  }

  @Test
  void mistakesAreTold() throws Exception {
    refused("PUT", "/..%2Fmail", "", 422, "lower-case letters");
    refused("PUT", "/Mail", "", 422, "lower-case letters");
    refused("PUT", "/%2Fetc%2Fpasswd", "", 422, "lower-case letters");
    refused("DELETE", "/..%2Fmail", "", 404, "nothing of that name");
    refused("DELETE", "/mail-eu", "", 404, "no jar of that plugin");
    refused("GET", "/nobody", "", 404, "no plugin of that name");
    refused("POST", "/mail/rollback", "", 404, "no previous jar of mail");
    refused("POST", "/..%2Fm/rollback", "", 404, "nothing of that name");
    refused("POST", "/mail/rollback", "{\"sha256\":5}", 422, "the body has mistakes");
    refused("POST", "/mail/rollback", "{\"sha\":\"x\"}", 422, "the body has mistakes");
    refused("POST", "/mail/rollback", "[", 400, "JSON object");
  }

  private void refused(String method, String path, String body, int status, String detail)
      throws Exception {
    refused(gateway.call(method, "/api/v1/plugins" + path, body, Role.ADMIN), status, detail);
  }

  @Test
  void aFileThatHoldsAnotherPluginIsNotOverwritten() throws Exception {
    Files.move(gateway.jar(), gateway.dir.resolve("letters.jar"));
    await().until(() -> "letters.jar".equals(gateway.shown().getString("file")));
    Reply reply = gateway.put("/api/v1/plugins/letters", MailJar.named("letters"));
    assertThat(reply.status()).as(reply.text()).isEqualTo(409);
    assertThat(reply.json().getString("detail")).contains("letters.jar holds the plugin mail");
    // A new version takes the place of the old one, whatever its file is called.
    assertThat(gateway.upload(MailJar.of("1.1")).json().getString("outcome")).isEqualTo("running");
    assertThat(gateway.jar()).doesNotExist();
    assertThat(gateway.dir.resolve("letters.jar")).hasBinaryContent(MailJar.of("1.1"));
  }

  private void refused(Reply reply, int status, String detail) throws Exception {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.header("content-type")).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(reply.json().getString("detail")).contains(detail);
    assertThat(gateway.jar()).hasBinaryContent(present);
    assertThat(gateway.providers.running).containsExactly(Map.entry("mail-eu", "1.0"));
    try (Stream<Path> files = Files.list(gateway.dir)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(List.of("mail.jar", "mail-eu.yaml"));
    }
  }

  private static String digest(byte[] jar) throws Exception {
    byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(jar);
    return "sha-256=:"
        + new String(Base64.getEncoder().encode(sha256), StandardCharsets.US_ASCII)
        + ":";
  }
}
