package io.signalbox.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.Outcome;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin that does not give back its thread. */
class BlockedThreadTest extends BaseGuardTest {

  @BeforeEach
  void hold() {
    System.setProperty(NastyPlugin.HOLD, "yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spin", "hang"})
  void isNamedAndGetsNothingUntilItRunsAgain(String deed) throws Exception {
    GuardedProvider provider = open("good");
    final Future<Outcome> blocking = provider.deliver(delivery(deed));
    final Future<Outcome> waiting = provider.deliver(delivery("count"));
    lookUntil(provider, () -> !told.blocked.isEmpty());

    Blockage blockage = told.blocked.get(0);
    assertThat(blockage.provider()).isEqualTo("bad");
    assertThat(blockage.plugin()).isEqualTo("nasty 1.0");
    assertThat(blockage.where()).startsWith("acme.Deeds.").contains("(Deeds.java:");
    assertThat(blockage.lasting()).isGreaterThanOrEqualTo(AFTER);
    assertThat(provider.warnings()).containsExactly(blockage.text());
    notSent(waiting);
    notSent(provider.deliver(delivery("count")));
    assertThatThrownBy(() -> done(provider.check())).hasMessageContaining("was not begun");

    System.clearProperty(NastyPlugin.HOLD);
    lookUntil(provider, () -> !told.unblocked.isEmpty());
    assertThat(provider.warnings()).isEmpty();
    assertThat(done(blocking)).isInstanceOf(Outcome.Sent.class);
    assertThat(done(provider.check())).isEqualTo(CheckResult.healthy("well"));
    // What was withdrawn never reached the plugin.
    assertThat(System.getProperty(NastyPlugin.COUNT)).isNull();
    assertThat(told.blocked).hasSize(1);
    done(provider.close());
  }

  private static void notSent(Future<Outcome> call) throws Exception {
    Outcome outcome = done(call);
    assertThat(outcome).isInstanceOf(Outcome.Transient.class);
    assertThat(outcome.evidence().code()).isEqualTo(GuardedProvider.PLUGIN_BLOCKED);
    assertThat(outcome.evidence().progress().certainlyNotSent()).isTrue();
  }

  @Test
  void whatCannotBeginBeforeItsDeadlineIsNotSent() throws Exception {
    GuardedProvider provider = open("good");
    final Future<Outcome> blocking = provider.deliver(delivery("hang"));
    Future<Outcome> waiting = provider.deliver(delivery("count", Duration.ofMillis(100)));
    lookUntil(provider, waiting::isComplete);
    notSent(waiting);
    System.clearProperty(NastyPlugin.HOLD);
    assertThat(done(blocking)).isInstanceOf(Outcome.Sent.class);
    // It may have been taken for blocked meanwhile.
    lookUntil(provider, () -> told.blocked.size() == told.unblocked.size());
    assertThat(done(provider.deliver(delivery("good")))).isInstanceOf(Outcome.Sent.class);
    assertThat(System.getProperty(NastyPlugin.COUNT)).isNull();
    done(provider.close());
  }

  @Test
  void theCallsThatWaitAreBounded() throws Exception {
    GuardedProvider provider = open("good");
    provider.deliver(delivery("hang"));
    List<Throwable> refused =
        IntStream.rangeClosed(0, PluginCalls.MOST_WAITING)
            .mapToObj(each -> provider.receive(webhook("good")))
            .filter(Future::failed)
            .map(Future::cause)
            .toList();
    // One more, as long as what hangs has not begun.
    assertThat(refused)
        .hasSizeBetween(1, 2)
        .allSatisfy(
            failure ->
                assertThat(failure).hasMessageContaining(PluginCalls.MOST_WAITING + " calls wait"));
    System.clearProperty(NastyPlugin.HOLD);
    done(provider.close());
  }

  @Test
  void pastTheLimitWhatWaitsIsEnded() throws Exception {
    GuardedProvider provider = open("good");
    final Future<Outcome> hanging = provider.deliver(delivery("hang"));
    lookUntil(provider, () -> !told.pastLimit.isEmpty());
    assertThat(told.pastLimit.get(0).lasting()).isGreaterThanOrEqualTo(LIMIT);
    done(provider.close());
    assertThatThrownBy(() -> done(hanging)).hasMessageContaining("woken");
    assertThat(told.unblocked).isNotEmpty();
  }

  @Test
  void whatComputesForEverHoldsNobodyUp() throws Exception {
    GuardedProvider provider = open("good");
    provider.deliver(delivery("spin"));
    lookUntil(provider, () -> !told.pastLimit.isEmpty());
    done(provider.close());
    System.clearProperty(NastyPlugin.HOLD);
  }
}
