package io.signalbox.gateway.cli;

import static io.signalbox.gateway.cli.Ran.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.policy.PolicyFolder;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox policies}. */
class PoliciesCommandTest {
  @TempDir private Path dir;

  @Test
  void listsWhatIsInForceAndWhatIsRefused() throws Exception {
    Path policies = Files.createDirectories(dir.resolve("policies"));
    Files.writeString(policies.resolve("otp.yaml"), "max_attempts: 2\nattempt_timeout: 5s\n");
    try (TestGateway gateway = TestGateway.start(dir.resolve("data"), Map.of())) {
      PolicyFolder folder =
          new PolicyFolder(gateway.vertx(), policies, gateway.policies(), () -> {});
      TestGateway.await(folder.open());
      Files.writeString(policies.resolve("bulk.yaml"), "max_attemps: 2\n");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !gateway.policies().refused().isEmpty());
      String[] asked = {"--url", gateway.url(), "--token", gateway.token(Role.MANAGER)};

      Ran listed = run("policies", "list", asked[0], asked[1], asked[2], asked[3]);
      Ran bare = run("policies", asked[0], asked[1], asked[2], asked[3]);
      Ran json = run("policies", "list", asked[0], asked[1], asked[2], asked[3], "--json");
      Ran sender = run("policies", "--url", gateway.url(), "--token", gateway.token(Role.SENDER));
      folder.close();

      assertThat(listed.exitCode()).as(listed.err()).isZero();
      assertThat(listed.out().lines())
          .contains("otp", "without a policy", "refused: bulk.yaml")
          .anyMatch(line -> line.matches(" +max_attempts +2 +policy otp"))
          .anyMatch(line -> line.matches(" +max_attempts +\\d+ +configuration"))
          .anyMatch(
              line -> line.strip().startsWith("max_attemps is not a known key; did you mean"));
      assertThat(bare.out()).isEqualTo(listed.out());
      JsonObject first = json.json().getJsonArray("policies").getJsonObject(0);
      assertThat(first.getString("name")).isEqualTo("otp");
      assertThat(json.json().getJsonArray("refused")).hasSize(1);
      assertThat(sender.exitCode()).isEqualTo(77);
    }
  }

  @Test
  void checksFilesTogether() throws Exception {
    Path a = Files.writeString(dir.resolve("a.yaml"), "applies_to: {types: [otp]}");
    Path b = Files.writeString(dir.resolve("b.yaml"), "applies_to: {types: [otp]}");
    assertThat(run("policies", "check", a.toString(), a.toString()).exitCode()).isZero();
    assertThat(run("policies", "check", b.toString()).out().strip()).isEqualTo("valid");

    Ran ran = run("policies", "check", a.toString(), b.toString());
    assertThat(ran.exitCode()).isEqualTo(65);
    assertThat(ran.out())
        .contains("b.yaml: must not claim the type otp: ", "a.yaml does")
        .doesNotContain("valid");
  }

  @Test
  void tellsEachMistakeForMachinesToo() throws Exception {
    Path file = Files.writeString(dir.resolve("otp.yaml"), "max_attempts: many\nprovder: a\n");

    Ran ran = run("policies", "check", file.toString(), "--json");

    assertThat(ran.exitCode()).isEqualTo(65);
    assertThat(ran.json().getBoolean("valid")).isFalse();
    JsonArray problems = ran.json().getJsonArray("problems");
    assertThat(problems.stream().map(each -> ((JsonObject) each).getString("key")))
        .containsExactly("max_attempts", "provder");
    assertThat(problems.getJsonObject(1).getString("expected")).contains("did you mean provider?");
    assertThat(problems.getJsonObject(0).getString("file")).isEqualTo(file.toString());
    assertThat(run("policies", "check", dir.resolve("none.yaml").toString()).exitCode())
        .isEqualTo(65);
    assertThat(run("policies", "check").exitCode()).isEqualTo(2);
  }
}
