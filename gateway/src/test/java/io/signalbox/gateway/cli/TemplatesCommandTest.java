package io.signalbox.gateway.cli;

import static io.signalbox.gateway.cli.Ran.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.security.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox templates}. */
class TemplatesCommandTest {
  @TempDir private Path dir;

  @Test
  void storesShowsPreviewsAndRemoves() throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("welcome.json"),
            "{\"default_locale\":\"en\",\"locales\":{\"en\":{\"message\":\"Hello {{name}}\"}}}");
    try (TestGateway gateway = TestGateway.start(dir.resolve("data"), Map.of())) {
      assertThat(ran(gateway, "list").out()).contains("no templates");
      assertThat(ran(gateway, "put", "welcome", "--file", file.toString()).out())
          .contains("welcome version 1");
      assertThat(ran(gateway, "list").out()).startsWith("welcome version 1, en, ");
      assertThat(ran(gateway, "versions", "welcome").out()).startsWith("welcome version 1");
      assertThat(ran(gateway, "show", "welcome").out()).contains("Hello {{name}}");
      assertThat(ran(gateway, "preview", "welcome", "--data", "{\"name\":\"Alex\"}").out())
          .contains("Hello Alex");
      Ran missing = ran(gateway, "preview", "welcome", "--locale", "de");
      assertThat(missing.exitCode()).isNotZero();
      assertThat(missing.err()).contains("no value for name");
      assertThat(ran(gateway, "preview", "welcome", "--data", "x").err()).contains("--data");
      assertThat(ran(gateway, "put", "welcome").err()).contains("--file");
      assertThat(ran(gateway, "show").err()).contains("name the template");
      Ran stale = ran(gateway, "remove", "welcome", "--replace", "7");
      assertThat(stale.exitCode()).isNotZero();
      assertThat(ran(gateway, "remove", "welcome", "--replace", "1").out()).contains("removed");
      assertThat(ran(gateway, "show", "welcome").exitCode()).isNotZero();
    }
  }

  private static Ran ran(TestGateway gateway, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("templates"));
    all.addAll(List.of(words));
    all.addAll(List.of("--url", gateway.url(), "--token", gateway.token(Role.MANAGER)));
    return run(all.toArray(String[]::new));
  }
}
