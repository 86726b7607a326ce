package io.signalbox.gateway.cli;

import static io.signalbox.gateway.cli.Ran.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir private Path dir;

  @Test
  void makesATokenWithTheLocalKey() {
    Ran ran =
        run(
            "token",
            "--role",
            "sender,viewer",
            "--tenant",
            "acme",
            "--json",
            "--set",
            "data.dir=" + dir);
    assertThat(ran.exitCode()).isZero();
    JsonObject answer = new JsonObject(ran.out());
    assertThat(answer.getString("token").split("\\.", -1)).hasSize(3);
    assertThat(answer.getString("tenant")).isEqualTo("acme");
    assertThat(dir.resolve("jwt.key")).exists();
  }

  @Test
  void tellsAllMistakesOfTheConfigurationWithoutAStackTrace() {
    Ran ran = run("serve", "--port", "eighty", "--set", "http.hots=x", "--set", "log.level=loud");
    assertThat(ran.exitCode()).isEqualTo(78);
    assertThat(ran.err())
        .contains("http.port must be a whole number from 0 to 65535")
        .contains("http.hots is not a known key; did you mean http.host?")
        .contains("log.level must be one of")
        .doesNotContain("\tat ");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void exitCodesSayWhatHappened() {
    assertThat(run("nonsense").exitCode()).isEqualTo(2);
    assertThat(run("token").exitCode()).isEqualTo(2);
    assertThat(run("token", "--role", "king", "--set", "data.dir=" + dir).exitCode()).isEqualTo(65);
    assertThat(
            run("token", "--role", "admin", "--ttl", "soon", "--set", "data.dir=" + dir).exitCode())
        .isEqualTo(65);
    Ran unreachable = run("providers", "--url", "http://127.0.0.1:1", "--token", "x");
    assertThat(unreachable.exitCode()).isEqualTo(69);
    assertThat(unreachable.err()).contains("does not answer").doesNotContain("\tat ");
    assertThat(run("--help").exitCode()).isZero();
  }

  @Test
  void aBackTestNeedsATimeThatCanBeRead() throws Exception {
    Path policy = Files.writeString(dir.resolve("candidate.yaml"), "max_attempts: 1");
    Ran ran = run("replay", "--from", "soon", "--policy", policy.toString());
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(65);
    assertThat(ran.err()).contains("--from");
  }

  @Test
  void sendsAndAsksARunningServer() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      String sender = gateway.token(Role.SENDER);
      Ran sent =
          run(
              "send",
              "--url",
              gateway.url(),
              "--token",
              sender,
              "--to",
              "a@example.com",
              "--message",
              "hi",
              "--json");
      assertThat(sent.exitCode()).isZero();
      assertThat(new JsonObject(sent.out()).getString("status")).isEqualTo("queued");
      Path file =
          Files.writeString(
              dir.resolve("n.json"), "{\"notification_type\":\"t\",\"channel\":\"sms\"}");
      Ran wrong =
          run(
              "send",
              "--url",
              gateway.url(),
              "--token",
              sender,
              "--file",
              file.toString(),
              "--to",
              "+1 555");
      assertThat(wrong.exitCode()).isEqualTo(65);
      assertThat(wrong.err()).contains("/recipient_phone").contains("/message is required");
      assertThat(run("providers", "--url", gateway.url(), "--token", sender).exitCode())
          .isEqualTo(77);
      Ran providers = run("providers", "--url", gateway.url(), "--set", "data.dir=" + dir);
      assertThat(providers.exitCode()).as(providers.err()).isZero();
      assertThat(providers.out()).contains("no providers");
      Ran unknown =
          run("providers", "reset", "nobody", "--url", gateway.url(), "--set", "data.dir=" + dir);
      assertThat(unknown.exitCode()).isEqualTo(65);
      Ran letters =
          run("dead-letters", "--url", gateway.url(), "--set", "data.dir=" + dir, "--json");
      assertThat(new JsonObject(letters.out()).getJsonArray("dead_letters")).isEmpty();
      Ran replay =
          run(
              "dead-letters",
              "replay",
              "--dry-run",
              "--channel",
              "sms",
              "--url",
              gateway.url(),
              "--set",
              "data.dir=" + dir,
              "--json");
      assertThat(new JsonObject(replay.out()).getInteger("matching")).isZero();
    }
  }

  @Test
  void keepsCallbackEndpoints() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      String type = "io.signalbox.notification.*";
      JsonObject added =
          callbacks(gateway, "add --to-url https://example.org/hook --event-type " + type).json();
      String id = added.getString("id");
      assertThat(added.getString("secret")).startsWith("whsec_");
      JsonObject listed = callbacks(gateway, "list").json();
      assertThat(listed.getJsonArray("callbacks").getJsonObject(0).getString("id")).isEqualTo(id);
      assertThat(listed.encode()).contains(type).doesNotContain("whsec_");
      assertThat(callbacks(gateway, "deliveries " + id + " --state failed").json())
          .isEqualTo(new JsonObject("{\"deliveries\":[]}"));
      assertThat(
              callbacks(gateway, "redeliver " + id + " --from 2026-01-01T00:00:00Z --state all")
                  .json()
                  .getInteger("redelivered"))
          .isZero();
      assertThat(callbacks(gateway, "redeliver " + id).exitCode()).isEqualTo(65);
      assertThat(callbacks(gateway, "add").err()).contains("--to-url");
      assertThat(callbacks(gateway, "add --to-url https://10.0.0.1/").err()).contains("/url");
      assertThat(callbacks(gateway, "remove").err()).contains("callbacks remove ID");
      assertThat(callbacks(gateway, "remove " + id).exitCode()).isZero();
      assertThat(callbacks(gateway, "remove " + id).exitCode()).isEqualTo(65);
    }
  }

  private Ran callbacks(TestGateway gateway, String line) {
    List<String> words = new ArrayList<>(List.of("callbacks"));
    words.addAll(List.of(line.split(" ", -1)));
    words.addAll(List.of("--url", gateway.url(), "--token", gateway.token(Role.MANAGER), "--json"));
    return run(words.toArray(String[]::new));
  }

  @Test
  void keepsTheSuppressionList() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      String manager = gateway.token(Role.MANAGER);
      Ran added =
          suppressions(
              gateway,
              manager,
              "add --channel sms --recipient +15558675310 --recipient +15558675311"
                  + " --reason complaint --note asked");
      assertThat(added.json().getInteger("added")).as(added.err()).isEqualTo(2);
      JsonObject listed = suppressions(gateway, manager, "list --reason complaint").json();
      assertThat(listed.getJsonArray("suppressions")).hasSize(2);
      Ran removed = suppressions(gateway, manager, "remove --channel sms --recipient +15558675310");
      assertThat(removed.exitCode()).as(removed.err()).isZero();
      assertThat(
              suppressions(gateway, manager, "remove --channel sms --recipient +15558675310")
                  .exitCode())
          .isEqualTo(65);
      assertThat(suppressions(gateway, manager, "remove --id 99").exitCode()).isEqualTo(65);
      Ran wrong = suppressions(gateway, manager, "add --channel sms --recipient 555");
      assertThat(wrong.exitCode()).isEqualTo(65);
      assertThat(wrong.err()).contains("/suppressions/0/recipient must be a number in E.164 form");
      assertThat(suppressions(gateway, gateway.token(Role.SENDER), "list").exitCode())
          .isEqualTo(77);
    }
  }

  private static Ran suppressions(TestGateway gateway, String token, String words) {
    List<String> args = new ArrayList<>(List.of("suppressions"));
    args.addAll(List.of(words.split(" ", -1)));
    args.addAll(List.of("--url", gateway.url(), "--token", token, "--json"));
    return run(args.toArray(String[]::new));
  }

  @Test
  void looksForBreakerSettingsThatCannotWork() throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("slow.yaml"), "plugin: mail\nmax_per_second: 0.05\nmax_concurrent: 1\n");
    Ran found = run("providers", "lint", file.toString(), "--json");
    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.json().getJsonArray("warnings").encode())
        .contains("breaker.failure_threshold is 5, but at max_per_second 0.05 at most 4 calls");

    Files.writeString(file, "plugin: mail\n");
    assertThat(run("providers", "lint", file.toString()).out()).contains("nothing found");
    Files.writeString(file, "plugin: mail\nburst: 3\n");
    Ran refused = run("providers", "lint", file.toString());
    assertThat(refused.exitCode()).isEqualTo(65);
    assertThat(refused.out()).contains("burst: needs max_per_second");
    assertThat(run("providers", "lint", dir.resolve("none.yaml").toString()).exitCode())
        .isEqualTo(65);
  }

  @Test
  void showsHowABreakerMoved() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      gateway.announce("alpha", 1, Stage.ACTIVE, "closed");
      Patience.await()
          .untilAsserted(
              () -> {
                Ran ran = events(gateway, "alpha");
                assertThat(ran.exitCode()).as(ran.err()).isZero();
                assertThat(ran.out()).contains("no events");
              });
      Ran typo = events(gateway, "alpa");
      assertThat(typo.exitCode()).isEqualTo(65);
      assertThat(typo.err()).contains("did you mean alpha?");
    }
  }

  private static Ran events(TestGateway gateway, String provider) {
    return run(
        "providers",
        "events",
        provider,
        "--url",
        gateway.url(),
        "--token",
        gateway.token(Role.VIEWER));
  }
}
