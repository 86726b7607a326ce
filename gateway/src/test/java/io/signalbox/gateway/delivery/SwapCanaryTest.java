package io.signalbox.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ProviderMessages.Canary;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.Controlled;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Swap;
import io.signalbox.gateway.bus.ProviderMessages.SwapOutcome;
import io.signalbox.loader.ProviderFileStatus;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A replacement is on trial with a share of the work before it takes over. */
class SwapCanaryTest extends BaseSwapTest {
  private static final int ENOUGH = 6;

  private static final String GOOD =
      """
      return Future.succeededFuture(
          new Outcome.Sent("id", Evidence.answered(202, null, null)));""";

  private static final String BAD =
      """
      return Future.succeededFuture(
          new Outcome.Transient(Evidence.answered(500, "broken", null)));""";

  private final List<Canary> trials = new CopyOnWriteArrayList<>();

  private void startTrying(String duration) throws Exception {
    startTrying(GOOD, duration, ENOUGH);
  }

  private void startTrying(String deliver, String duration, int enough) throws Exception {
    put("1.0", HEALTHY, deliver);
    start(
        "plugins.canary_share",
        "0.2",
        "plugins.canary_for",
        duration,
        "plugins.canary_min_attempts",
        String.valueOf(enough));
    bus.listen(Addresses.PROVIDERS_CANARY, Canary.class, trials::add);
    awaitVersion("1.0");
  }

  private Canary awaitTrial(int number) {
    eventually(
        () ->
            assertThat(trials.stream().filter(trial -> trial.share() > 0))
                .hasSizeGreaterThanOrEqualTo(number));
    eventually(
        () ->
            assertThat(outcomes().stream().filter(SwapOutcome.CANARY::equals))
                .hasSizeGreaterThanOrEqualTo(number));
    return trials.stream().filter(trial -> trial.share() > 0).toList().get(number - 1);
  }

  private void deliverSome(long generation, int count) throws Exception {
    List<Future<Delivered>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(deliver(generation));
    }
    for (Future<Delivered> each : all) {
      await(each);
    }
  }

  private void command(long generation, Command command) throws Exception {
    await(
        bus.request(
            Addresses.provider(ID, generation),
            new Control(command, "somebody"),
            Controlled.class,
            Duration.ofSeconds(60)));
  }

  private List<SwapOutcome> outcomes() {
    return swaps.stream().map(Swap::outcome).toList();
  }

  @Test
  void aGoodOneTakesOver() throws Exception {
    startTrying("1s");
    long old = generation();
    put("2.0", HEALTHY, GOOD);
    Canary trial = awaitTrial(1);
    assertThat(trial.share()).isEqualTo(0.2);
    assertThat(generation()).as("who has the rest of the work").isEqualTo(old);

    deliverSome(old, 20);
    deliverSome(trial.generation(), ENOUGH);
    awaitVersion("2.0");
    assertThat(generation()).isEqualTo(trial.generation());
    eventually(
        () -> assertThat(outcomes()).containsExactly(SwapOutcome.CANARY, SwapOutcome.SWAPPED));
  }

  @Test
  void aWorseOneIsRolledBackByItself() throws Exception {
    startTrying("1h");
    long old = generation();
    put("2.0", HEALTHY, BAD);
    Canary trial = awaitTrial(1);
    deliverSome(old, 60);
    // Its breaker opens after five of them, which is as bad.
    deliverSome(trial.generation(), ENOUGH);

    eventually(
        () -> assertThat(outcomes()).containsExactly(SwapOutcome.CANARY, SwapOutcome.ROLLED_BACK));
    assertThat(swaps.get(1).reason())
        .matches(
            "[3-6] of [3-6] attempts of the new version failed, and 0 of 60 of the one before in"
                + " the same time");
    eventually(() -> assertThat(trials).contains(new Canary(ID, trial.generation(), 0)));
    assertThat(states).extracting(ProviderState::generation).containsOnly(old);
    assertThat(await(deliver(old)).outcome().kind()).isEqualTo(OutcomeKind.SENT);
    eventually(() -> assertThat(fileStatus().state()).isEqualTo(ProviderFileStatus.State.FAILED));
    assertThat(await(sqliteBreakers())).as("nothing is held against the old one").isEmpty();
  }

  @Test
  void anOpeningOfTheBreakerMeanwhileOutlivesTheTrial() throws Exception {
    startTrying("1s");
    long old = generation();
    put("2.0", HEALTHY, GOOD);
    Canary trial = awaitTrial(1);
    command(old, Command.OPEN);
    eventually(() -> assertThat(await(sqliteBreakers())).hasSize(1));
    deliverSome(trial.generation(), ENOUGH);

    awaitVersion("2.0");
    assertThat(states)
        .filteredOn(state -> state.generation() == trial.generation())
        .extracting(state -> state.breaker().state())
        .containsOnly("open");
  }

  @Test
  void itsOwnOpenBreakerEndsWithTheTrial() throws Exception {
    startTrying("1s");
    List<Message<String>> held = new CopyOnWriteArrayList<>();
    vertx.eventBus().<String>consumer("deliver", held::add);
    put("2.0", HEALTHY, ASKING);
    Canary trial = awaitTrial(1);
    for (int i = 0; i < ENOUGH; i++) {
      deliver(trial.generation());
    }
    eventually(() -> assertThat(held).hasSize(ENOUGH));
    command(trial.generation(), Command.OPEN);
    held.forEach(asked -> asked.reply("id"));

    awaitVersion("2.0");
    assertThat(states)
        .filteredOn(state -> state.generation() == trial.generation())
        .extracting(state -> state.breaker().state())
        .containsOnly("closed");
  }

  @Test
  void aShortOutageOfBothIsNotHeldAgainstTheNewOne() throws Exception {
    int enough = 30;
    startTrying(ASKING, "2s", enough);
    AtomicBoolean outage = new AtomicBoolean();
    vertx
        .eventBus()
        .<String>consumer(
            "deliver",
            asked -> {
              if (outage.get()) {
                asked.fail(1, "away");
              } else {
                asked.reply("id");
              }
            });
    long old = generation();
    put("2.0", HEALTHY, ASKING);
    Canary trial = awaitTrial(1);
    Canary paused = new Canary(ID, trial.generation(), 0);
    deliverSome(old, 40);
    deliverSome(trial.generation(), 20);
    outage.set(true);
    deliverSome(old, 4);
    deliverSome(trial.generation(), 5);
    eventually(() -> assertThat(trials).containsExactly(trial, paused));
    // On their way already: refused, which says nothing of the version.
    deliverSome(trial.generation(), 40);

    outage.set(false);
    command(trial.generation(), Command.RESET);
    eventually(() -> assertThat(trials).containsExactly(trial, paused, trial));
    deliverSome(trial.generation(), enough - 25);
    awaitVersion("2.0");
    eventually(
        () -> assertThat(outcomes()).containsExactly(SwapOutcome.CANARY, SwapOutcome.SWAPPED));
  }

  @Test
  void aFurtherReplacementEndsTheTrialOfTheOneBefore() throws Exception {
    startTrying("1h");
    put("2.0", HEALTHY, GOOD);
    Canary first = awaitTrial(1);
    put("3.0", HEALTHY, GOOD);
    Canary second = awaitTrial(2);
    eventually(() -> assertThat(trials).contains(new Canary(ID, first.generation(), 0)));
    assertThat(second.generation()).isGreaterThan(first.generation());
    assertThat(outcomes())
        .containsExactly(SwapOutcome.CANARY, SwapOutcome.ABANDONED, SwapOutcome.CANARY);
    assertThat(current()).map(ProviderState::pluginVersion).contains("1.0");
  }

  @Test
  void whatIsUnderWayOnTrialIsAnsweredWhenTheGatewayStops() throws Exception {
    startTrying("1h");
    put("2.0", HEALTHY, ASKING);
    vertx.eventBus().<String>consumer("deliver", held -> {});
    Canary trial = awaitTrial(1);
    Future<Delivered> delivery = deliver(trial.generation());
    eventually(() -> assertThat(fileStatus().state()).isEqualTo(ProviderFileStatus.State.CHANGING));

    await(folder.close());
    await(supervisor.stopAll());
    // Begun at the very end or not at all: an answer in each case.
    assertThat(await(delivery).outcome().kind()).isIn(OutcomeKind.UNKNOWN, OutcomeKind.TRANSIENT);
  }
}
