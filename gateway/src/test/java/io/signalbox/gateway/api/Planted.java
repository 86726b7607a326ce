package io.signalbox.gateway.api;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.security.Role;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.Recipient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A gateway on which one tenant has a record of each kind, and another tenant has none. */
final class Planted implements AutoCloseable {
  static final String MARK = "planted";

  /** With it the owner sent {@link #message}. */
  static final String KEY = "planted-key";

  final TestGateway gateway;
  final Calls calls;
  final String owner;
  final String stranger;

  /** The ids of all that the owner has. */
  final List<String> ids = new ArrayList<>();

  /** Of them, what the names say. */
  String sent = "";

  String dead = "";
  String suppression = "";
  String callback = "";
  String event = "";

  Planted(Path dir) throws Exception {
    gateway =
        TestGateway.start(
            dir,
            Map.of(
                "callbacks.allow_http", "true",
                "callbacks.allowed_networks", "192.0.2.0/24"));
    calls = new Calls(gateway.url());
    owner = "Bearer " + gateway.token(Role.ADMIN, "owner");
    stranger = "Bearer " + gateway.token(Role.ADMIN, "stranger");
    plant();
  }

  @Override
  public void close() throws ExecutionException, TimeoutException {
    gateway.close();
  }

  /** What the owner sent first. */
  static JsonObject message() {
    return new JsonObject()
        .put("notification_type", MARK)
        .put("channel", "email")
        .put("recipient_email", MARK + "@example.org")
        .put("title", MARK)
        .put("message", MARK);
  }

  /** What the owner is told, of all calls that tell it something about what was planted. */
  Map<String, String> seenByOwner() throws Exception {
    Map<String, String> seen = new LinkedHashMap<>();
    for (Operation operation : Operation.all()) {
      if (operation.method().equals("GET") && !operation.open()) {
        for (String path : paths(operation)) {
          Calls.Reply reply = calls.send("GET", path, "", headers(owner));
          if (reply.status() == 200 && isAboutThePlanted(reply)) {
            seen.put(path, reply.text());
          }
        }
      }
    }
    return seen;
  }

  /** Entries of the suppression list have small numbers, which stand everywhere. */
  boolean isAboutThePlanted(Calls.Reply reply) {
    return reply.text().contains(MARK)
        || ids.stream().filter(id -> id.length() > 4).anyMatch(reply.text()::contains);
  }

  /** The path with each id that was planted. */
  List<String> paths(Operation operation) {
    String template = operation.template();
    if (template.contains("{name}")) {
      return List.of(template.replace("{name}", MARK));
    }
    return template.contains("{id}")
        ? ids.stream()
            .map(id -> template.replace("{id}", id).replace("{command}", "reset"))
            .toList()
        : List.of(operation.path());
  }

  private void plant() throws Exception {
    sent = planted("/api/v1/notifications/send", message(), "idempotency-key", KEY);
    ids.add(sent);
    dead = planted("/api/v1/notifications/send", message());
    ids.add(dead);
    bury(NotificationId.parse(dead).orElseThrow());
    calls.send(
        "POST",
        "/api/v1/suppressions",
        new JsonObject()
            .put("channel", "email")
            .put("recipient", MARK + "@example.com")
            .put("note", MARK)
            .encode(),
        headers(owner));
    JsonObject suppressions = calls.send("GET", "/api/v1/suppressions", "", headers(owner)).json();
    suppression =
        suppressions.getJsonArray("suppressions").getJsonObject(0).getValue("id").toString();
    ids.add(suppression);
    callback =
        planted(
            "/api/v1/callbacks",
            new JsonObject().put("url", "http://192.0.2.1/" + MARK).put("description", MARK));
    ids.add(callback);
    event =
        calls
            .send("POST", "/api/v1/callbacks/" + callback + "/test", "{}", headers(owner))
            .json()
            .getString("event_id");
    ids.add(
        planted(
            "/api/v1/api-keys",
            new JsonObject().put("name", MARK).put("roles", List.of("viewer"))));
    ids.add(
        planted(
            "/api/v1/recipients/erase",
            new JsonObject().put("channel", "email").put("recipient", MARK + "@example.net")));
    planted("PUT", "/api/v1/templates/" + MARK, template());
    NotificationId drill = new NotificationIds(Clock.systemUTC(), 0).next();
    await(
        gateway
            .ledger()
            .drills()
            .beginDrill(
                new Drill(
                    drill, "owner", Drill.Kind.LIVE, MARK, null, new JsonObject(), 1, MARK, null)));
    ids.add(drill.toString());
  }

  private static JsonObject template() {
    return new JsonObject()
        .put("default_locale", "en")
        .put(
            "locales",
            new JsonObject().put("en", new JsonObject().put("message", MARK + " {{x}}")));
  }

  private String planted(String path, JsonObject body, String... more) throws Exception {
    return planted("POST", path, body, more);
  }

  private String planted(String method, String path, JsonObject body, String... more)
      throws Exception {
    Calls.Reply reply = calls.send(method, path, body.encode(), headers(owner, more));
    assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
    return reply.json().getString("id");
  }

  private void bury(NotificationId id) throws Exception {
    SqlLedger ledger = gateway.ledger();
    long now = System.currentTimeMillis();
    AttemptId attempt = new AttemptId(id, 1);
    await(
        ledger.begin(
            new AttemptStart(
                attempt,
                0,
                Channel.EMAIL,
                "alpha",
                1,
                new Decision(new RankingSnapshot(1, "{}"), "best_score", List.of()),
                now,
                now + 10_000,
                false,
                new Recipient.Email(MARK + "@example.org"),
                false)));
    await(
        ledger.settle(
            new Settlement(
                attempt,
                new Outcome.Transient(
                    Evidence.unanswered(Progress.NOT_CONNECTED, "connection_refused", "refused")),
                now,
                1,
                new NextStep.Finish(NotificationState.DEAD_LETTER, MARK))));
  }

  static String[] headers(String token, String... more) {
    List<String> all =
        new ArrayList<>(List.of("authorization", token, "content-type", "application/json"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
