package io.signalbox.gateway.api;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.plugins.MailJar;
import io.signalbox.gateway.security.Role;
import io.signalbox.loader.check.Sha256;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins are uploaded, rolled back and removed over HTTP, and what is done stands in the log. */
class PluginApiTest {
  @TempDir private Path home;
  private PluginGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = PluginGateway.start(home, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void anUploadRunsWhenItIsAnsweredAndARollbackBringsBackWhatWasBefore() throws Exception {
    JsonObject first = done(gateway.upload(MailJar.of("1.0")), "loaded");
    assertThat(first.getString("before")).isNull();
    gateway.configure("mail-eu");
    await().until(() -> gateway.providers.running.containsKey("mail-eu"));

    Reply second = gateway.upload(MailJar.of("1.1"));
    JsonObject changed = done(second, "running");
    assertThat(gateway.providers.running).containsExactly(Map.entry("mail-eu", "1.1"));
    assertThat(changed.getString("before")).isEqualTo(first.getString("after"));
    assertThat(second.header("etag")).isEqualTo('"' + changed.getString("after") + '"');

    JsonObject shown = gateway.shown();
    assertThat(shown).isEqualTo(changed.getJsonObject("plugin"));
    assertThat(shown.getString("version") + " " + shown.getString("state"))
        .isEqualTo("1.1 running");
    assertThat(shown.getString("sha256")).isEqualTo(Sha256.of(gateway.jar()));
    assertThat(shown.getString("source") + " by " + shown.getString("by"))
        .isEqualTo("upload by test");
    assertThat(shown.getString("spi_version")).isEqualTo("1.0");
    assertThat(shown.getString("file")).isEqualTo("mail.jar");
    assertThat(shown.getJsonArray("providers").encode()).contains("mail-eu", "running");
    assertThat(shown.getJsonArray("previous").getJsonObject(0).getString("version"))
        .isEqualTo("1.0");

    done(gateway.rollback(""), "running");
    assertThat(gateway.providers.running).containsExactly(Map.entry("mail-eu", "1.0"));
    assertThat(gateway.shown().getString("source")).isEqualTo("rollback");
    assertThat(gateway.audited())
        .containsExactly(
            "plugin.upload begun",
            "plugin.upload loaded",
            "plugin.upload begun",
            "plugin.upload running",
            "plugin.rollback begun",
            "plugin.rollback running");
    AuditEntry line = gateway.auditTrail().get(3);
    assertThat(line.who().actor()).isEqualTo("test");
    assertThat(line.who().origin()).isEqualTo("127.0.0.1");
    assertThat(line.who().correlationId()).isEqualTo(second.header("x-correlation-id"));
    assertThat(List.of(String.valueOf(line.before()), String.valueOf(line.after())))
        .containsExactly(first.getString("after"), changed.getString("after"));
  }

  @Test
  void whatWasCopiedIntoTheFolderCanBeRolledBackAlsoAfterARestart() throws Exception {
    gateway.drop(MailJar.of("1.0"));
    awaitVersion("1.0");
    gateway.drop(MailJar.of("1.1"));
    awaitVersion("1.1");
    gateway.close();
    gateway = PluginGateway.start(home, Map.of());

    JsonObject shown = gateway.shown();
    assertThat(shown.getString("version") + " " + shown.getString("source"))
        .isEqualTo("1.1 folder");
    JsonObject previous = shown.getJsonArray("previous").getJsonObject(0);
    assertThat(previous.getString("version")).isEqualTo("1.0");
    String sha256 = previous.getString("sha256");
    done(gateway.rollback("{\"sha256\":\"" + sha256 + "\"}"), "loaded");
    assertThat(Files.readAllBytes(gateway.jar())).isEqualTo(MailJar.of("1.0"));
    done(gateway.rollback("{\"sha256\":\"" + sha256 + "\"}"), "unchanged");
  }

  @Test
  void aRemovedPluginCanBePutBack() throws Exception {
    gateway.upload(MailJar.of("1.0"));
    gateway.configure("mail-eu");
    await().until(() -> gateway.providers.running.containsKey("mail-eu"));

    done(gateway.call("DELETE", PluginGateway.MAIL, "", Role.ADMIN), "removed");
    assertThat(gateway.providers.running).isEmpty();
    assertThat(gateway.jar()).doesNotExist();
    // Its classes are let go of after the answer.
    await()
        .untilAsserted(() -> assertThat(gateway.shown().getString("state")).isEqualTo("removed"));
    assertThat(gateway.call("DELETE", PluginGateway.MAIL, "", Role.ADMIN).status()).isEqualTo(404);

    done(gateway.rollback("{}"), "running");
    assertThat(gateway.providers.running).containsExactly(Map.entry("mail-eu", "1.0"));
  }

  @Test
  void uploadsOfOnePluginAtATimeLeaveOneWholeJar() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(2);
    try {
      List<Future<Reply>> replies = new ArrayList<>();
      for (String version : List.of("1.0", "2.0")) {
        replies.add(clients.submit(() -> gateway.upload(MailJar.of(version))));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Reply> reply : replies) {
        statuses.add(reply.get(60, TimeUnit.SECONDS).status());
      }
      assertThat(statuses).contains(200).isSubsetOf(200, 409);
    } finally {
      clients.shutdownNow();
    }
    String whole = Sha256.of(gateway.jar());
    assertThat(gateway.shown().getString("sha256")).isEqualTo(whole);
    assertThat(Set.of("1.0", "2.0")).contains(gateway.shown().getString("version"));
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void onlyAdminsSeeAndChangePlugins() throws Exception {
    for (Role role : List.of(Role.MANAGER, Role.SENDER, Role.VIEWER)) {
      for (String call : List.of("GET", "PUT", "DELETE")) {
        assertThat(gateway.call(call, PluginGateway.MAIL, "", role).status()).isEqualTo(403);
      }
      assertThat(gateway.call("POST", PluginGateway.MAIL + "/rollback", "", role).status())
          .isEqualTo(403);
      assertThat(gateway.call("GET", "/api/v1/plugins", "", role).status()).isEqualTo(403);
    }
  }

  @Test
  void withoutTheKeyAdminsOnlyLook() throws Exception {
    gateway.close();
    gateway = PluginGateway.start(home, Map.of("plugins.upload", "false"));
    gateway.drop(MailJar.of("1.0"));
    awaitVersion("1.0");

    Reply refused = gateway.upload(MailJar.of("1.1"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().getString("detail")).contains("plugins.upload: true");
    assertThat(gateway.rollback("").status()).isEqualTo(403);
    assertThat(gateway.call("DELETE", PluginGateway.MAIL, "", Role.ADMIN).status()).isEqualTo(403);
    assertThat(gateway.shown().getString("version")).isEqualTo("1.0");
  }

  private JsonObject done(Reply reply, String outcome) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().getString("outcome")).as(reply.text()).isEqualTo(outcome);
    return reply.json();
  }

  private void awaitVersion(String version) {
    await()
        .until(
            () ->
                gateway.call("GET", PluginGateway.MAIL, "", Role.ADMIN).status() == 200
                    && version.equals(gateway.shown().getString("version")));
  }

  private List<String> leftovers() throws Exception {
    try (Stream<Path> files = Files.list(gateway.dir)) {
      return files.map(Object::toString).filter(name -> name.endsWith(".tmp")).toList();
    }
  }
}
