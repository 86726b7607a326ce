package io.signalbox.gateway.api;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Controlled;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.security.Role;
import io.signalbox.spi.CheckResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators do leaves its lines, and the API shows them and their chain. */
class AuditApiTest {
  private static final String PATH = "/api/v1/audit";

  /** Calls that hand in, call back or look for something; providers' webhooks. */
  private static final Set<String> NO_ACTS =
      Set.of(
          "send",
          "batch",
          "explainNotification",
          "rentNumber",
          "cancelNumber",
          "finishNumber",
          "retryNumber",
          "book",
          "cancelBooking",
          "rescheduleBooking",
          "cancelNotification",
          "searchSuppressions",
          "previewTemplate",
          "backTestPolicy",
          "postSearchNotifications",
          "webhook");

  private static final String URL = "http://192.0.2.1:8080/hook/SECRET-PATH?token=SECRET";

  @TempDir private Path dir;
  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private TestGateway gateway;
  private Calls calls;

  @BeforeEach
  void start() throws Exception {
    gateway =
        TestGateway.start(
            dir,
            Map.of(
                "plugins.upload", "true",
                "callbacks.allow_http", "true",
                "callbacks.allowed_networks", "192.0.2.0/24"));
    calls = new Calls(gateway.url());
    gateway
        .bus()
        .answer(
            Addresses.provider("mail", 1),
            Control.class,
            control -> {
              commands.add(control.command());
              return Future.succeededFuture(new Controlled(CheckResult.healthy("done")));
            });
    gateway.announce("mail", 1, Stage.ACTIVE, "closed");
    Patience.await().until(() -> call("GET", "/api/v1/providers", "").text().contains("mail"));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void everyCallThatChangesSomethingLeavesALine() throws Exception {
    Map<String, Reply> made = new HashMap<>(callbacksAndKeys());
    made.put("suppress", call("POST", "/api/v1/suppressions", suppression()));
    String entry =
        call("GET", "/api/v1/suppressions", "")
            .json()
            .getJsonArray("suppressions")
            .getJsonObject(0)
            .getString("id");
    made.put("unsuppress", call("DELETE", "/api/v1/suppressions/" + entry, ""));
    made.put("putTemplate", call("PUT", "/api/v1/templates/welcome", TEMPLATE));
    made.put("removeTemplate", call("DELETE", "/api/v1/templates/welcome", ""));
    made.put("eraseRecipient", call("POST", "/api/v1/recipients/erase", ERASURE));
    made.put("deleteRecipient", call("DELETE", "/api/v1/recipients/sms/%2B15558675309", ""));
    made.put(
        "changePreferences", call("PATCH", "/api/v1/preferences", "{\"min_success_rate\":42}"));
    made.put("commandProvider", call("POST", "/api/v1/providers/mail/open", ""));
    made.put("replayDeadLetters", call("POST", "/api/v1/dead-letters/replay", "{}"));
    made.put("discardDeadLetters", call("DELETE", "/api/v1/dead-letters?all=true", ""));
    // Nothing runs drills or follows a folder here: the lines say that it did not work.
    made.put(
        "beginDrill",
        call(
            "POST",
            "/api/v1/drills",
            "{\"kind\":\"live\",\"provider\":\"mail\",\"percent\":10,\"duration_seconds\":5}"));
    made.put(
        "abortDrill",
        call("POST", "/api/v1/drills/01890000-0000-7000-8000-000000000001/abort", ""));
    made.put("uploadPlugin", call("PUT", "/api/v1/plugins/mail", "no jar"));
    made.put("removePlugin", call("DELETE", "/api/v1/plugins/mail", ""));
    made.put("setLogger", call("PUT", "/api/v1/loggers/root", "{\"level\":\"warn\"}"));
    made.put("resetLogger", call("DELETE", "/api/v1/loggers/root", ""));
    made.put("rollBackPlugin", call("POST", "/api/v1/plugins/mail/rollback", ""));

    Map<String, List<JsonObject>> lines =
        lines("").stream().collect(Collectors.groupingBy(line -> line.getString("correlation_id")));
    for (Operation operation : Operation.all()) {
      if (!operation.method().equals("GET") && !NO_ACTS.contains(operation.id())) {
        Reply reply = made.get(operation.id());
        assertThat(reply).as(operation.id() + " is not tried here").isNotNull();
        assertThat(lines.get(reply.header("x-correlation-id")))
            .as(operation.id() + ": " + reply.status() + " " + reply.text())
            .isNotEmpty()
            .allSatisfy(line -> assertThat(line.getString("actor")).isEqualTo("test"))
            .allSatisfy(line -> assertThat(line.getString("origin")).isEqualTo("127.0.0.1"));
      }
    }
    assertThat(lines("").toString())
        .doesNotContain("SECRET", "someone@example.com", "+15558675309");
    assertThat(verdict("").getBoolean("intact")).isTrue();
  }

  private Map<String, Reply> callbacksAndKeys() throws Exception {
    Map<String, Reply> made = new HashMap<>();
    Reply callback = call("POST", "/api/v1/callbacks", new JsonObject().put("url", URL).encode());
    made.put("addCallback", callback);
    String one = "/api/v1/callbacks/" + callback.json().getString("id");
    made.put("changeCallback", call("PATCH", one, "{\"description\":\"shop\"}"));
    made.put("rotateCallbackSecret", call("POST", one + "/rotate-secret", ""));
    made.put("enableCallback", call("POST", one + "/enable", ""));
    made.put("testCallback", call("POST", one + "/test", ""));
    made.put(
        "redeliverCallbacks",
        call("POST", one + "/redeliver", "{\"from\":\"2026-01-01T00:00:00Z\"}"));
    made.put("removeCallback", call("DELETE", one, ""));
    Reply key = call("POST", "/api/v1/api-keys", "{\"name\":\"shop\",\"roles\":[\"viewer\"]}");
    made.put("createApiKey", key);
    String its = "/api/v1/api-keys/" + key.json().getString("id");
    made.put("rotateApiKey", call("POST", its + "/rotate", ""));
    made.put("revokeApiKey", call("DELETE", its, ""));
    return made;
  }

  private static final String TEMPLATE =
      "{\"default_locale\":\"en\",\"locales\":{\"en\":{\"message\":\"SECRET {{name}}\"}}}";

  private static final String ERASURE =
      "{\"channel\":\"email\",\"recipient\":\"someone@example.com\"}";

  private static String suppression() {
    return "{\"channel\":\"email\",\"recipient\":\"someone@example.com\",\"note\":\"asked\"}";
  }

  @Test
  void linesSayWhatWasBeforeAndAfter() throws Exception {
    call("PATCH", "/api/v1/preferences", "{\"min_success_rate\":42}");
    call("PATCH", "/api/v1/preferences", "{\"min_success_rate\":43}");
    JsonObject changed = lines("?action=preferences&limit=1").get(0);
    assertThat(new JsonObject(changed.getString("before")).getDouble("min_success_rate"))
        .isEqualTo(42.0);
    assertThat(new JsonObject(changed.getString("after")).getDouble("min_success_rate"))
        .isEqualTo(43.0);
    assertThat(changed.getString("scope")).isEqualTo("gateway");

    Reply callback = call("POST", "/api/v1/callbacks", new JsonObject().put("url", URL).encode());
    String id = callback.json().getString("id");
    call("PATCH", "/api/v1/callbacks/" + id, "{\"enabled\":false}");
    JsonObject line = lines("?action=callback.change&target=" + id).get(0);
    JsonObject before = new JsonObject(line.getString("before"));
    assertThat(before.getString("place")).isEqualTo("http://192.0.2.1:8080");
    assertThat(before.getBoolean("enabled")).isTrue();
    assertThat(new JsonObject(line.getString("after")).getBoolean("enabled")).isFalse();

    call("POST", "/api/v1/providers/mail/drain", "");
    assertThat(lines("?action=provider.drain"))
        .extracting(each -> each.getString("outcome"))
        .containsExactly("done", "asked");
    assertThat(lines("?action=provider.drain").get(0).getString("before"))
        .isEqualTo("{\"stage\":\"active\",\"breaker\":\"closed\"}");
    call("POST", "/api/v1/providers/gone/reset", "");
    assertThat(lines("?target=gone").get(0).getString("outcome")).isEqualTo("refused");
  }

  @Test
  void nothingIsDoneThatCannotBeWrittenDownUnlessItLessensDamage() throws Exception {
    store("CREATE TABLE away AS SELECT * FROM audit_head");
    store("DELETE FROM audit_head");
    assertThat(call("POST", "/api/v1/providers/mail/reset", "").status()).isEqualTo(503);
    assertThat(commands).isEmpty();
    assertThat(
            call("POST", "/api/v1/callbacks", new JsonObject().put("url", URL).encode()).status())
        .isEqualTo(503);
    assertThat(call("GET", "/api/v1/callbacks", "").json().getJsonArray("callbacks")).isEmpty();
    assertThat(call("PATCH", "/api/v1/preferences", "{\"min_success_rate\":41.5}").status())
        .isEqualTo(503);
    assertThat(call("GET", "/api/v1/preferences", "").text()).doesNotContain("41.5");
    assertThat(call("POST", "/api/v1/suppressions", suppression()).status()).isEqualTo(503);
    assertThat(call("POST", "/api/v1/providers/mail/open", "").status()).isEqualTo(200);
    assertThat(call("POST", "/api/v1/providers/mail/drain", "").status()).isEqualTo(200);
    assertThat(commands).containsExactly(Command.OPEN, Command.DRAIN);
    assertThat(call("GET", PATH + "/head", "").status()).isEqualTo(503);
    assertThat(verdict("").getJsonObject("fault").getString("kind")).isEqualTo("no_head");

    store("INSERT INTO audit_head SELECT * FROM away");
    assertThat(call("POST", "/api/v1/providers/mail/reset", "").status()).isEqualTo(200);
    assertThat(verdict("").getBoolean("intact")).isTrue();
  }

  @Test
  void pagesFiltersAndMistakes() throws Exception {
    for (int i = 0; i < 3; i++) {
      call("PATCH", "/api/v1/preferences", "{\"min_success_rate\":" + (40 + i) + "}");
    }
    JsonObject page = call("GET", PATH + "?limit=2", "").json();
    assertThat(page.getJsonArray("audit")).hasSize(2);
    List<JsonObject> rest = lines("?limit=2&after=" + page.getString("next"));
    assertThat(rest).extracting(line -> line.getInteger("seq")).containsExactly(2, 1);
    assertThat(lines("?actor=test&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z")).hasSize(3);
    assertThat(lines("?to=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(lines("?actor=somebody%27--")).isEmpty();
    for (String wrong :
        List.of("?actoin=x", "?limit=0", "?from=now", "?after=x", "/verification?head=1:abc")) {
      assertThat(call("GET", PATH + wrong, "").status()).as(wrong).isEqualTo(422);
    }
    assertThat(
            calls
                .send("GET", PATH, "", "authorization", "Bearer " + gateway.token(Role.MANAGER))
                .status())
        .isEqualTo(403);
    String head = call("GET", PATH + "/head", "").json().getString("head");
    assertThat(verdict("?head=" + head).getBoolean("intact")).isTrue();
    String other = head.substring(0, 2) + "0".repeat(64);
    assertThat(verdict("?head=" + other).getJsonObject("fault").getString("kind"))
        .isEqualTo("rewritten");
    store("DELETE FROM audit_log WHERE seq = 3");
    assertThat(verdict("").getJsonObject("fault").encode())
        .isEqualTo("{\"kind\":\"missing\",\"seq\":3,\"detail\":\"line 3 is not there\"}");
  }

  private List<JsonObject> lines(String query) throws Exception {
    Reply reply = call("GET", PATH + query, "");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    JsonArray list = reply.json().getJsonArray("audit");
    return list.stream().map(JsonObject.class::cast).toList();
  }

  private JsonObject verdict(String query) throws Exception {
    Reply reply = call("GET", PATH + "/verification" + query, "");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private void store(String command) throws Exception {
    await(gateway.ledger().auditLog().auditTrail(1));
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("ledger.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(command);
    }
  }

  private Reply call(String method, String path, String body) throws Exception {
    return calls.send(
        method,
        path,
        body,
        "authorization",
        "Bearer " + gateway.token(Role.ADMIN),
        "content-type",
        method.equals("PUT") && path.contains("/plugins/")
            ? "application/java-archive"
            : "application/json");
  }
}
