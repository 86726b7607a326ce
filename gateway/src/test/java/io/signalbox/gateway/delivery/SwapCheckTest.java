package io.signalbox.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Controlled;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.SwapOutcome;
import io.signalbox.loader.PluginStatus;
import io.signalbox.loader.ProviderFileStatus;
import io.signalbox.spi.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A replacement answers its own self-check before it takes work. */
class SwapCheckTest extends BaseSwapTest {
  private static final String BAD =
      "return Future.succeededFuture(CheckResult.unhealthy(\"no route\"));";

  /** Answers what stands on the bus. */
  private static final String TOLD =
      """
      return context.vertx().eventBus().<String>request("check", VERSION)
          .map(m -> new CheckResult(m.body().equals("well"), m.body()));""";

  private void tell(AtomicReference<String> health) {
    vertx.eventBus().<String>consumer("check", message -> message.reply(health.get()));
  }

  static Stream<Arguments> badChecks() {
    return Stream.of(
        Arguments.of(BAD, "no route"),
        Arguments.of("throw new IllegalStateException(\"broken\");", "broken"),
        Arguments.of("throw new LinkageError(\"gone\");", "gone"),
        Arguments.of("return Future.failedFuture(\"refused\");", "refused"),
        Arguments.of("return null;", "returned no Future"),
        Arguments.of("return Future.succeededFuture();", "returned no result"),
        Arguments.of(
            "return Promise.<CheckResult>promise().future();", "no answer within 1000 ms"));
  }

  @ParameterizedTest
  @MethodSource("badChecks")
  void withoutAGoodAnswerTheOldOneStaysAndTheReasonIsTold(String check, String reason)
      throws Exception {
    vertx.eventBus().<String>consumer("deliver", message -> message.reply(message.body()));
    put("1.0", HEALTHY, ASKING);
    start("plugins.check_timeout", reason.startsWith("no answer") ? "1s" : "10s");
    awaitVersion("1.0");
    long generation = generation();

    put("2.0", check, ASKING);
    eventually(() -> assertThat(swaps).isNotEmpty());

    assertThat(swaps.get(0).outcome()).isEqualTo(SwapOutcome.KEPT_BACK);
    assertThat(swaps.get(0).reason()).startsWith("its self-check failed: ").contains(reason);
    assertThat(swaps.get(0).fromVersion()).isEqualTo("1.0");
    assertThat(swaps.get(0).toVersion()).isEqualTo("2.0");
    eventually(
        () -> assertThat(fileStatus().state()).isEqualTo(ProviderFileStatus.State.KEPT_BACK));
    assertThat(fileStatus().detail()).contains(reason);
    assertThat(folder.plugins())
        .filteredOn(plugin -> plugin.state() == PluginStatus.State.ACTIVE)
        .singleElement()
        .satisfies(plugin -> assertThat(plugin.lastError()).startsWith(ID).contains(reason));
    assertThat(current()).map(ProviderState::generation).contains(generation);
    assertThat(((Outcome.Sent) await(deliver(generation)).outcome()).providerMessageId())
        .isEqualTo("1.0");

    put("3.0", HEALTHY, ASKING);
    awaitVersion("3.0");
  }

  @Test
  void whatWasKeptBackTakesOverOnceItIsWell() throws Exception {
    AtomicReference<String> health = new AtomicReference<>("no route");
    tell(health);
    put("1.0", HEALTHY, ASKING);
    start();
    put("2.0", TOLD, ASKING);
    eventually(() -> assertThat(swaps).hasSizeGreaterThan(1));
    assertThat(current()).map(ProviderState::pluginVersion).contains("1.0");

    health.set("well");
    awaitVersion("2.0");
    eventually(() -> assertThat(fileStatus().state()).isEqualTo(ProviderFileStatus.State.RUNNING));
    eventually(
        () -> assertThat(swaps.get(swaps.size() - 1).outcome()).isEqualTo(SwapOutcome.SWAPPED));
  }

  @Test
  void oneThatIsNoWorseThanTheOldOneTakesOverWithAWarning() throws Exception {
    tell(new AtomicReference<>("no route"));
    put("1.0", TOLD, ASKING);
    start();
    awaitVersion("1.0");
    put("2.0", TOLD, ASKING);
    awaitVersion("2.0");
    assertThat(current().orElseThrow().warnings())
        .containsExactly("its self-check failed: no route");
  }

  @Test
  void atItsFirstStartABadAnswerIsOnlyAWarningUntilACheckIsGood() throws Exception {
    AtomicReference<String> health = new AtomicReference<>("no route");
    tell(health);
    put("1.0", TOLD, ASKING);
    start();
    eventually(
        () ->
            assertThat(states.get(states.size() - 1).warnings())
                .containsExactly("its self-check failed: no route"));
    health.set("well");
    await(
        bus.request(
            Addresses.provider(ID, generation()),
            new Control(Command.CHECK, "ada"),
            Controlled.class,
            Duration.ofSeconds(60)));
    eventually(() -> assertThat(states.get(states.size() - 1).warnings()).isEmpty());
    assertThat(swaps).isEmpty();
  }

  @Test
  void oneThatCannotBeMadeIsNotTriedAgain() throws Exception {
    put("1.0", HEALTHY, ASKING);
    start();
    awaitVersion("1.0");
    put(
        "2.0",
        "if (true) throw new IllegalStateException(\"no licence\");",
        HEALTHY,
        ASKING,
        "return Future.succeededFuture();");
    eventually(() -> assertThat(fileStatus().state()).isEqualTo(ProviderFileStatus.State.FAILED));
    put("3.0", HEALTHY, ASKING);
    awaitVersion("3.0");
    eventually(
        () ->
            assertThat(swaps.stream().map(swap -> swap.outcome()))
                .containsExactly(SwapOutcome.FAILED, SwapOutcome.SWAPPED));
    assertThat(swaps.get(0).reason()).contains("no licence at acme.Mail.<init>(");
  }
}
