package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProviderBoardTest {
  private final ProviderBoard board = new ProviderBoard();

  @Test
  void whatParksAgainAtABusyProviderIsHandedOnOnceForEachNews() {
    board.update(state(1, Stage.ACTIVE), item -> {});
    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    WorkItem first = WorkItems.fresh();
    WorkItem second = WorkItems.fresh();
    assertThat(entry.park(first)).isTrue();
    assertThat(entry.park(second)).isTrue();

    List<WorkItem> handedOn = new ArrayList<>();
    board.update(
        state(2, Stage.ACTIVE),
        item -> {
          handedOn.add(item);
          assertThat(handedOn).hasSizeLessThan(3);
          assertThat(entry.park(item)).isTrue();
        });

    assertThat(handedOn).containsExactly(first, second);
    assertThat(entry.unpark()).isSameAs(first);
  }

  @Test
  void newsOfAnOlderGenerationChangeNothing() {
    board.update(state(2, Stage.ACTIVE), item -> {});
    board.update(state(1, Stage.DRAINING), item -> {});
    board.update(state(1, Stage.STOPPED), item -> {});

    BoardEntry entry = board.find("a");
    assertThat(entry).isNotNull();
    assertThat(entry.state().generation()).isEqualTo(2);
    assertThat(entry.readiness(0)).isEqualTo(BoardEntry.Readiness.READY);
  }

  private static ProviderState state(long generation, Stage stage) {
    return new ProviderState(
        "a",
        "plugin",
        "1",
        generation,
        Set.of(Channel.EMAIL),
        1,
        100,
        1,
        Duration.ofSeconds(1),
        stage,
        new BreakerView("closed", 1, 0, 1, "", 0));
  }
}
