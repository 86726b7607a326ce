package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.security.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask a running gateway: notifications, preferences and status. */
class NotificationsCommandTest {
  @TempDir private Path dir;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void searchesShowsAndCancels() {
    String id =
        as(Role.SENDER, "send --to a@example.com --message hi --json").json().getString("id");
    assertThat(as(Role.MANAGER, "notifications").out())
        .contains(id + " queued      email    message");
    assertThat(as(Role.MANAGER, "notifications search --state sent").out())
        .contains("no notifications");
    assertThat(
            as(Role.MANAGER, "notifications search --recipient a@example.com --json")
                .json()
                .getJsonArray("notifications"))
        .hasSize(1);
    Ran shown = as(Role.VIEWER, "notifications show " + id);
    assertThat(shown.exitCode()).as(shown.err()).isZero();
    assertThat(shown.out())
        .contains(id + " QUEUED")
        .contains("message over email")
        .contains("nothing was tried yet");
    assertThat(as(Role.SENDER, "notifications cancel " + id).out()).contains(id + " cancelled");
    Ran nameless = as(Role.VIEWER, "notifications show");
    assertThat(nameless.exitCode()).isEqualTo(65);
    assertThat(nameless.err()).contains("notifications show ID");
    Ran refused = as(Role.SENDER, "notifications");
    assertThat(refused.exitCode()).isEqualTo(77);
    assertThat(refused.err().lines()).as(refused.err()).hasSize(1);
    assertThat(refused.err()).contains("signalbox token --role");
  }

  @Test
  void readsAndChangesPreferences() {
    Ran changed = as(Role.ADMIN, "preferences set min_success_rate=81.5 retry_attempts=2");
    assertThat(changed.exitCode()).as(changed.err()).isZero();
    assertThat(changed.out()).containsPattern("min_success_rate +81.5");
    Ran ofSms = as(Role.ADMIN, "preferences set --channel sms retry_attempts=1 strategy=weighted");
    assertThat(ofSms.exitCode()).as(ofSms.err()).isZero();
    assertThat(as(Role.ADMIN, "preferences").out())
        .contains("only for sms:")
        .containsPattern("strategy +weighted")
        .containsPattern("preferred_provider +not set");
    assertThat(as(Role.ADMIN, "preferences get --channel sms").out())
        .containsPattern("retry_attempts +1")
        .containsPattern("min_success_rate +81.5");
    as(Role.ADMIN, "preferences set min_success_rate=");
    assertThat(as(Role.ADMIN, "preferences --json").json().getValue("min_success_rate")).isNull();
    assertThat(as(Role.ADMIN, "preferences set").err()).contains("min_success_rate=80");
    assertThat(as(Role.ADMIN, "preferences get --channel fax").err()).contains("one of email");
    Ran wrong = as(Role.ADMIN, "preferences set min_success_rate=high");
    assertThat(wrong.exitCode()).isEqualTo(65);
    assertThat(wrong.err().lines()).as(wrong.err()).hasSize(1);
    assertThat(wrong.err()).contains("min_success_rate");
  }

  @Test
  void saysHowTheGatewayIs() {
    Ran status = as(Role.VIEWER, "status");
    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.out())
        .contains(gateway.url() + " is ready")
        .contains("since its start 0 accepted")
        .contains("0 of 0 providers well");
    assertThat(as(Role.VIEWER, "status --json").json().getBoolean("ready")).isTrue();
    assertThat(as(Role.SENDER, "status").out()).doesNotContain("providers well");
    gateway.health().draining();
    Ran draining = as(Role.VIEWER, "status");
    assertThat(draining.exitCode()).isEqualTo(1);
    assertThat(draining.out()).contains("takes no requests");
  }

  @Test
  void changesHowMuchTheLogTells() {
    String name = "io.signalbox.gateway.degradation";
    Ran set = as(Role.ADMIN, "loggers set " + name + " debug --for 10m");
    assertThat(set.exitCode()).as(set.err()).isZero();
    assertThat(set.out()).startsWith("debug " + name + ", changed").contains("until 20");
    assertThat(as(Role.ADMIN, "loggers").out()).contains("debug " + name).contains(" root");
    Ran reset = as(Role.ADMIN, "loggers reset " + name);
    assertThat(reset.exitCode()).as(reset.err()).isZero();
    assertThat(reset.out()).contains(name).doesNotContain("changed");
    assertThat(as(Role.ADMIN, "loggers set " + name).err()).contains("loggers set NAME LEVEL");
    assertThat(as(Role.ADMIN, "loggers reset").err()).contains("loggers reset NAME");
  }

  @Test
  void aTokenFileWillDo() throws Exception {
    Path file = Files.writeString(dir.resolve("token"), gateway.token(Role.VIEWER) + "\n");
    Ran ran = Ran.run("status", "--url", gateway.url(), "--token-file", file.toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    Files.writeString(file, "two words");
    Ran wrong = Ran.run("status", "--url", gateway.url(), "--token-file", file.toString());
    assertThat(wrong.exitCode()).isEqualTo(65);
    assertThat(wrong.err()).contains("must hold one token");
    Ran keyless =
        Ran.run("status", "--url", gateway.url(), "--set", "data.dir=" + dir.resolve("elsewhere"));
    assertThat(keyless.exitCode()).isEqualTo(77);
    assertThat(keyless.err()).contains("--token-file");
    assertThat(dir.resolve("elsewhere")).doesNotExist();
  }

  private Ran as(Role role, String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    words.addAll(List.of("--url", gateway.url(), "--token", gateway.token(role)));
    return Ran.run(words.toArray(String[]::new));
  }
}
