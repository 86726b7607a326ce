package io.signalbox.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.loader.ProviderFileStatus;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A plugin that computes for ever, seen by the gateway around it. */
class BlockedProviderTest extends BaseSwapTest {
  private static final String HOLD = "signalbox.test.blocked.hold";

  private static final String SPINNING =
      """
      while (System.getProperty("signalbox.test.blocked.hold") != null) {
        Thread.onSpinWait();
      }
      return Future.succeededFuture(
          new Outcome.Sent("m-1", Evidence.answered(202, null, null)));""";

  @AfterEach
  void letGo() {
    System.clearProperty(HOLD);
  }

  @Test
  void opensTheBreakerAndPastTheLimitIsStoppedWhileItsSuccessorRuns() throws Exception {
    System.setProperty(HOLD, "yes");
    put("1.0", HEALTHY, SPINNING);
    start(
        "plugins.blocked_after", "2s",
        "plugins.blocked_limit", "5s",
        "plugins.drain_timeout", "0s");
    awaitVersion("1.0");
    long first = generation();
    final Future<Delivered> blocking = deliver(first);
    final Future<Delivered> waiting = deliver(first);

    eventually(
        () ->
            // It may have been stopped by now.
            assertThat(states)
                .anySatisfy(
                    state -> {
                      assertThat(state.breaker().state()).isEqualTo("open");
                      assertThat(state.breaker().fault()).isTrue();
                      assertThat(state.breaker().reason())
                          .startsWith(
                              "plugin mail 1.0 blocks its thread at acme.Mail.deliver(Mail.java:");
                      assertThat(state.warnings()).containsExactly(state.breaker().reason());
                    }));
    Delivered notBegun = await(waiting);
    assertThat(notBegun.outcome().kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(notBegun.outcome().evidence().code()).isEqualTo("plugin_blocked");

    eventually(() -> assertThat(fileStatus().state()).isEqualTo(ProviderFileStatus.State.FAILED));
    assertThat(fileStatus().detail())
        .startsWith("stopped by the gateway: plugin mail 1.0 blocks its thread at acme.Mail.");
    assertThat(await(blocking).outcome().kind()).isEqualTo(OutcomeKind.UNKNOWN);

    put("2.0", HEALTHY, ASKING);
    awaitVersion("2.0");
    eventually(() -> assertThat(fileStatus().state()).isEqualTo(ProviderFileStatus.State.RUNNING));
  }
}
