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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes every call of the document with the admin of one tenant, on everything that another has:
 * nothing of it is seen, and nothing is changed.
 */
class TenantWalkTest {
  private static final String MARK = "planted";

  @TempDir private Path dir;
  private final List<String> ids = new ArrayList<>();
  private TestGateway gateway;
  private Calls calls;
  private String owner;
  private String stranger;

  @BeforeEach
  void start() throws Exception {
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

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void noCallCrossesTenants() throws Exception {
    Map<String, String> before = seenByOwner();
    // Each kind of record is seen by its owner, or the walk would prove nothing.
    assertThat(before).hasSizeGreaterThanOrEqualTo(7);
    for (Operation operation : Operation.all()) {
      if (operation.open()) {
        continue;
      }
      for (String path : paths(operation)) {
        for (String body : List.of("", "{}")) {
          Calls.Reply reply = calls.send(operation.method(), path, body, headers(stranger));
          String shown = operation.method() + " " + path + ": " + reply.status();
          assertThat(isAboutThePlanted(reply)).as(shown + reply.text()).isFalse();
          if (operation.template().contains("{id}")) {
            assertThat(reply.status()).as(shown).isGreaterThanOrEqualTo(400);
          }
        }
      }
    }
    assertThat(seenByOwner()).isEqualTo(before);
  }

  @Test
  void theSameCallsOfTheOwnerFindWhatIsThere() throws Exception {
    int found = 0;
    for (Operation operation : Operation.all()) {
      if (operation.template().contains("{id}") && operation.method().equals("GET")) {
        for (String path : paths(operation)) {
          if (calls.send("GET", path, "", headers(owner)).status() == 200) {
            found++;
          }
        }
      }
    }
    assertThat(found).isGreaterThanOrEqualTo(4);
  }

  /** What the owner is told, of all calls that tell it something about what was planted. */
  private Map<String, String> seenByOwner() throws Exception {
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
  private boolean isAboutThePlanted(Calls.Reply reply) {
    return reply.text().contains(MARK)
        || ids.stream().filter(id -> id.length() > 4).anyMatch(reply.text()::contains);
  }

  /** The path with each id that was planted. */
  private List<String> paths(Operation operation) {
    String template = operation.template();
    return template.contains("{id}")
        ? ids.stream()
            .map(id -> template.replace("{id}", id).replace("{command}", "reset"))
            .toList()
        : List.of(operation.path());
  }

  private void plant() throws Exception {
    JsonObject message =
        new JsonObject()
            .put("notification_type", MARK)
            .put("channel", "email")
            .put("recipient_email", MARK + "@example.org")
            .put("title", MARK)
            .put("message", MARK);
    ids.add(planted("/api/v1/notifications/send", message));
    String dead = planted("/api/v1/notifications/send", message);
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
    ids.add(suppressions.getJsonArray("suppressions").getJsonObject(0).getValue("id").toString());
    ids.add(
        planted(
            "/api/v1/callbacks",
            new JsonObject().put("url", "http://192.0.2.1/" + MARK).put("description", MARK)));
    ids.add(
        planted(
            "/api/v1/api-keys",
            new JsonObject().put("name", MARK).put("roles", List.of("viewer"))));
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

  private String planted(String path, JsonObject body) throws Exception {
    Calls.Reply reply = calls.send("POST", path, body.encode(), headers(owner));
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

  private static String[] headers(String token) {
    return new String[] {"authorization", token, "content-type", "application/json"};
  }
}
