package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Node;
import io.signalbox.gateway.ledger.postgres.NodeWatch.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a node is taken for dead. */
class NodeWatchTest {
  private static final int OWN = 0;
  private static final Node OTHER = new Node(1, 7, "other", 0);

  private final NodeWatch watch = new NodeWatch(8_000);
  private final List<Long> deaths = new ArrayList<>();

  private void look(long millis, long beats, boolean held) {
    look(millis, beats, held, true, false);
  }

  private void look(long millis, long beats, boolean held, boolean calm, boolean stopped) {
    Sighting own = new Sighting(new Node(OWN, 1, "own", 0), 5, false, false, true);
    Sighting other = new Sighting(OTHER, beats, held, stopped, true);
    List<Node> dead =
        watch.look(TimeUnit.MILLISECONDS.toNanos(millis), OWN, calm, List.of(own, other));
    if (!dead.isEmpty()) {
      assertThat(dead).containsExactly(OTHER);
      deaths.add(millis);
    }
  }

  @Test
  void whoBeatsLivesAlsoWithoutItsLock() {
    for (int i = 0; i < 40; i++) {
      look(i * 500L, i, i % 3 == 0);
    }
    assertThat(deaths).isEmpty();
  }

  @Test
  void whoIsSilentForTheWholeTimeIsDead() {
    for (int i = 0; i < 18; i++) {
      look(i * 500L, 3, true);
    }
    assertThat(deaths).containsExactly(8_000L, 8_500L);
  }

  @Test
  void whoseLockIsFreeAndWhoIsSilentIsDeadWithinTwoSeconds() {
    look(0, 1, true);
    look(500, 2, false);
    look(1_000, 2, false);
    assertThat(deaths).isEmpty();
    look(1_500, 2, false);
    assertThat(deaths).containsExactly(1_500L);
  }

  @Test
  void aFreeLockSaysNothingWhereConnectionsWereLost() {
    for (int i = 0; i < 16; i++) {
      look(i * 500L, 3, false, false, false);
    }
    assertThat(deaths).isEmpty();
  }

  @Test
  void whoSaysThatItHasStoppedIsDeadAtOnce() {
    look(0, 1, true, false, true);
    assertThat(deaths).containsExactly(0L);
  }

  @Test
  void whoHasMissedSomethingItselfBeginsToCountAnew() {
    for (int i = 0; i < 12; i++) {
      look(i * 500L, 3, true);
    }
    // Frozen, or the server was: everybody else seems to have been silent.
    for (int i = 0; i < 16; i++) {
      look(20_000 + i * 500L, 3, true);
    }
    assertThat(deaths).isEmpty();
    look(28_000, 3, true);
    assertThat(deaths).containsExactly(28_000L);
  }

  @Test
  void anotherHolderOfTheNumberIsAnother() {
    for (int i = 0; i < 15; i++) {
      look(i * 500L, 3, true);
    }
    Node next = new Node(1, 8, "next", 0);
    assertThat(
            watch.look(
                TimeUnit.MILLISECONDS.toNanos(8_000),
                OWN,
                true,
                List.of(new Sighting(next, 3, true, false, true))))
        .isEmpty();
  }
}
