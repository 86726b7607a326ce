package io.signalbox.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneTest {

  @Test
  void codesAreDistinctAndReversible() {
    Set<Integer> codes = new HashSet<>();
    for (Channel channel : Channel.values()) {
      for (Priority priority : Priority.values()) {
        for (LaneKind kind : LaneKind.values()) {
          Lane lane = new Lane(channel, priority, kind);
          assertThat(lane.code()).isBetween(0, Lane.CODES - 1);
          assertThat(codes.add(lane.code())).isTrue();
          assertThat(Lane.ofCode(lane.code())).isEqualTo(lane);
        }
      }
    }
  }

  /** Rows carry these numbers: they must never change. */
  @ParameterizedTest
  @CsvSource({
    "EMAIL, URGENT, SINGLE, 0",
    "EMAIL, LOW, SINGLE, 3",
    "EMAIL, URGENT, RETRY, 4",
    "SMS, NORMAL, SINGLE, 10",
    "TELEGRAM, HIGH, RETRY, 29",
    "BOOKING, LOW, RETRY, 47",
    "EMAIL, URGENT, BATCH, 64",
    "TELEGRAM, LOW, BATCH_RETRY, 95",
  })
  void storedCodesStayWhatTheyAre(Channel channel, Priority priority, LaneKind kind, int code) {
    assertThat(new Lane(channel, priority, kind).code()).isEqualTo(code);
  }

  @Test
  void anotherRoundKeepsBatchesApart() {
    Lane batch = new Lane(Channel.SMS, Priority.LOW, LaneKind.BATCH);
    assertThat(batch.ofRound(1).kind()).isEqualTo(LaneKind.BATCH_RETRY);
    assertThat(batch.ofRound(1).ofRound(0)).isEqualTo(batch);
    Lane single = new Lane(Channel.SMS, Priority.LOW, LaneKind.SINGLE);
    assertThat(single.ofRound(2).kind()).isEqualTo(LaneKind.RETRY);
    assertThat(single.ofRound(2).ofRound(0)).isEqualTo(single);
  }
}
