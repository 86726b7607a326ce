package io.signalbox.gateway.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.ledger.sql.WaitingCount.Pace;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingCountTest {
  private static final Lane LANE = new Lane(Channel.SMS, Priority.NORMAL, LaneKind.of(false, 0));
  private static final Lane OTHER = new Lane(Channel.EMAIL, Priority.LOW, LaneKind.of(true, 0));
  private static final long NOW = 1_000;

  private long nanos = 1;
  private long walks;
  private long walkNanos = 10;
  private long firstDue = 7;
  private List<Backlog> rows = List.of();
  private WaitingCount waiting = new WaitingCount(100, Pace.ALONE, () -> nanos);

  private final WaitingCount.Store store =
      new WaitingCount.Store() {
        @Override
        public List<Backlog> count() {
          walks++;
          nanos += walkNanos;
          return rows;
        }

        @Override
        public long firstDue(Lane lane) {
          return firstDue;
        }
      };

  @Test
  void countsEachTimeWhileFewWait() throws SQLException {
    rows = List.of(new Backlog(LANE, 90, 10, 7));
    read();
    read();
    assertThat(walks).isEqualTo(2);
  }

  @Test
  void reckonsBetweenTheCountsOfMany() throws SQLException {
    rows = List.of(new Backlog(LANE, 190, 10, 7));
    assertThat(read()).isEqualTo(rows);

    commit(LANE, 5);
    commit(LANE, -2);
    assertThat(read()).containsExactly(new Backlog(LANE, 193, 10, 7));

    commit(OTHER, 1);
    assertThat(read())
        .containsExactlyInAnyOrder(new Backlog(LANE, 193, 10, 7), new Backlog(OTHER, 1, 0, 7));
    assertThat(walks).isEqualTo(1);
  }

  @Test
  void countsAgainWhenThatTakesAHundredthOfTheTime() throws SQLException {
    rows = List.of(new Backlog(LANE, 190, 10, 7));
    read();
    commit(LANE, 5);
    nanos += 1_000;
    rows = List.of(new Backlog(LANE, 195, 10, 7));
    assertThat(read()).isEqualTo(rows);
    assertThat(walks).isEqualTo(2);
  }

  @Test
  void countsAgainAfterHalfAMinuteHoweverLongThatTakes() throws SQLException {
    walkNanos = Duration.ofSeconds(30).toNanos();
    rows = List.of(new Backlog(LANE, 190, 10, 7));
    read();
    nanos += Duration.ofSeconds(30).toNanos() - 1;
    read();
    assertThat(walks).isEqualTo(1);
    nanos++;
    read();
    assertThat(walks).isEqualTo(2);
  }

  @Test
  void countsMoreOftenWhereOthersWrite() throws SQLException {
    waiting = new WaitingCount(100, Pace.SHARED, () -> nanos);
    rows = List.of(new Backlog(LANE, 190, 10, 7));
    read();
    nanos += 99;
    read();
    assertThat(walks).isEqualTo(1);
    nanos++;
    walkNanos = Duration.ofSeconds(2).toNanos();
    read();
    assertThat(walks).isEqualTo(2);
    nanos += Duration.ofSeconds(10).toNanos();
    read();
    assertThat(walks).isEqualTo(3);
  }

  @Test
  void forgetsWhatWasNotCommitted() throws SQLException {
    rows = List.of(new Backlog(LANE, 190, 10, 7));
    read();
    waiting.begin();
    waiting.change(LANE, 50);
    waiting.begin();
    waiting.change(LANE, 3);
    waiting.mark();
    waiting.change(LANE, 20);
    waiting.undo();
    waiting.commit();
    assertThat(read()).containsExactly(new Backlog(LANE, 193, 10, 7));
  }

  @Test
  void believesTheFirstOfALaneRatherThanItsReckoning() throws SQLException {
    rows = List.of(new Backlog(LANE, 190, 10, 7));
    read();
    commit(LANE, -1_000);
    assertThat(read()).containsExactly(new Backlog(LANE, 1, 0, 7));
    firstDue = NOW + 1;
    assertThat(read()).containsExactly(new Backlog(LANE, 0, 1, 0));
    firstDue = 0;
    assertThat(read()).isEmpty();
  }

  private List<Backlog> read() throws SQLException {
    return waiting.read(store, NOW);
  }

  private void commit(Lane lane, int by) {
    waiting.begin();
    waiting.change(lane, by);
    waiting.commit();
  }
}
