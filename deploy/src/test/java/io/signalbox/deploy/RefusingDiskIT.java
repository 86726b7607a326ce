package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that can be read and takes nothing: no write of the process goes to a file any more. */
@Timeout(300)
class RefusingDiskIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path data;

  @Test
  void keepsTheGatewayFromBeingReadyForAsLongAsItLasts() {
    try (GatewayProcess gateway = GatewayProcess.start(GatewaySettings.in(data))) {
      ApiClient admin = gateway.admin();
      assertThat(admin.get("/health/ready").status()).isEqualTo(200);

      gateway.limit("--fsize=0:");

      await("not ready")
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(admin.get("/health/ready").json().getJsonArray("reasons"))
                      .containsExactly("ledger_refuses"));
      // A report of its own, made anew each few seconds.
      await("the words of the report")
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(admin.get("/health/db").json().getJsonObject("checks").encode())
                      .contains("changes are refused"));
      assertThat(admin.get("/health/live").status()).isEqualTo(200);

      gateway.limit("--fsize=unlimited:");

      await("ready again")
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(admin.get("/health/ready").status()).isEqualTo(200));
      assertThat(admin.send(Messages.email(1))).isNotEmpty();
    }
  }
}
