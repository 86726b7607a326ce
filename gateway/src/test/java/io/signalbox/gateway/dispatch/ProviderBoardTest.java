package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProviderBoardTest {
  private static final long NOW = 1_767_225_600_000L;

  private final ProviderBoard board = new ProviderBoard(10);

  @Test
  void whatWaitsForAProviderThatGoesIsHandedOn() {
    assertThat(board.update(state(1, Stage.ACTIVE))).isEmpty();
    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    WorkItem waiting = WorkItems.fresh();
    assertThat(entry.park(waiting)).isTrue();
    assertThat(board.update(state(2, Stage.ACTIVE))).isEmpty();
    assertThat(board.update(state(2, Stage.STOPPED))).containsExactly(waiting);
    assertThat(board.find("a")).isNull();
  }

  @Test
  void oneProviderNeverTakesAllThereIs() {
    board.update(state(1, Stage.ACTIVE));
    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    for (int i = 0; i < 10; i++) {
      assertThat(entry.readiness(0)).isEqualTo(BoardEntry.Readiness.READY);
      entry.reserve(0);
    }
    assertThat(entry.readiness(0)).isEqualTo(BoardEntry.Readiness.BUSY);
  }

  @Test
  void newsOfAnOlderGenerationChangeNothing() {
    board.update(state(2, Stage.ACTIVE));
    board.update(state(1, Stage.DRAINING));
    board.update(state(1, Stage.STOPPED));

    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    assertThat(entry.state().generation()).isEqualTo(2);
    assertThat(entry.readiness(0)).isEqualTo(BoardEntry.Readiness.READY);
  }

  @Test
  void aProviderIsNotCalledMoreOftenThanItsRate() {
    board.update(limited(2));
    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    entry.reserve(NOW);
    entry.reserve(NOW);

    assertThat(entry.readiness(NOW)).isEqualTo(BoardEntry.Readiness.BUSY);
    assertThat(entry.reasonAgainst(NOW)).isEqualTo("rate_limited");
    assertThat(entry.readiness(NOW + 499)).isEqualTo(BoardEntry.Readiness.BUSY);
    assertThat(entry.readiness(NOW + 500)).isEqualTo(BoardEntry.Readiness.READY);
  }

  @Test
  void aSwapDoesNotFillTheRateAgain() {
    board.update(limited(1));
    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    entry.reserve(NOW);

    board.update(state(2, Stage.ACTIVE, 1));

    assertThat(entry.reasonAgainst(NOW)).isEqualTo("rate_limited");
  }

  private static ProviderState limited(double maxPerSecond) {
    return state(1, Stage.ACTIVE, maxPerSecond);
  }

  private static ProviderState state(long generation, Stage stage) {
    return state(generation, stage, 0);
  }

  private static ProviderState state(long generation, Stage stage, double maxPerSecond) {
    return new ProviderState(
        "a",
        "plugin",
        "1",
        generation,
        Set.of(Channel.EMAIL),
        1,
        100,
        1_000,
        maxPerSecond,
        Duration.ofSeconds(1),
        false,
        stage,
        new BreakerView("closed", 1, 0, 1, "", 0));
  }
}
