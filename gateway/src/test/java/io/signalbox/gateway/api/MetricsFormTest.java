package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.security.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In which form metrics are told. */
class MetricsFormTest {
  /** What Prometheus 2 sends. */
  private static final String PROMETHEUS =
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
          + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

  @TempDir private Path dir;

  @Test
  void exemplarsAreForWhoAcceptsThem() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      Calls calls = new Calls(gateway.url());
      String token = "Bearer " + gateway.token(Role.MANAGER);

      Calls.Reply plain = calls.send("GET", "/metrics", "", "authorization", token);
      assertThat(plain.header("content-type")).startsWith("text/plain; version=0.0.4");
      assertThat(plain.text()).doesNotContain("# EOF");

      // A check that a busy machine has no answer for in time is told so until the next round.
      Patience.await()
          .untilAsserted(
              () -> {
                Calls.Reply open =
                    calls.send("GET", "/metrics", "", "authorization", token, "accept", PROMETHEUS);
                assertThat(open.header("content-type"))
                    .startsWith("application/openmetrics-text; version=1.0.0");
                assertThat(open.text())
                    .contains(
                        "signalbox_ready 1.0", "signalbox_check_status{check=\"database\"} 0.0")
                    .endsWith("# EOF\n");
              });
    }
  }
}
