package io.signalbox.gateway.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class LaneOrderTest {
  private final LaneOrder order = new LaneOrder();

  @Test
  void urgentGoesFirst() {
    fill(lane -> true);
    for (int i = 0; i < 100; i++) {
      assertThat(next(lane -> true).priority()).isEqualTo(Priority.URGENT);
    }
  }

  @Test
  void theOthersShareEightToThreeToOne() {
    fill(lane -> lane.channel() == Channel.EMAIL && lane.priority() != Priority.URGENT);
    assertThat(turns(1_200, Lane::priority))
        .containsEntry(Priority.HIGH, 800)
        .containsEntry(Priority.NORMAL, 300)
        .containsEntry(Priority.LOW, 100);
  }

  @Test
  void whoIsAloneGetsAll() {
    Lane alone = new Lane(Channel.EMAIL, Priority.LOW, LaneKind.BATCH_RETRY);
    fill(alone::equals);
    assertThat(turns(100, lane -> lane)).containsOnly(Map.entry(alone, 100));
  }

  @Test
  void ofWhatWaitsHalfCameAloneAQuarterIsFreshBatchAndAQuarterRetries() {
    fill(lane -> lane.channel() == Channel.EMAIL && lane.priority() == Priority.NORMAL);
    assertThat(turns(1_200, Lane::kind))
        .containsEntry(LaneKind.SINGLE, 600)
        .containsEntry(LaneKind.BATCH, 300)
        .containsEntry(LaneKind.RETRY, 200)
        .containsEntry(LaneKind.BATCH_RETRY, 100);
  }

  @Test
  void aSingleNeverWaitsForMoreThanOneItemOfABatch() {
    fill(
        lane ->
            lane.channel() == Channel.EMAIL
                && lane.priority() == Priority.URGENT
                && !lane.kind().retry());
    LaneKind last = LaneKind.SINGLE;
    for (int i = 0; i < 1_000; i++) {
      LaneKind kind = next(lane -> true).kind();
      assertThat(kind == LaneKind.BATCH && last == LaneKind.BATCH).isFalse();
      last = kind;
    }
  }

  @Test
  void oneOfFourIsARetryWithoutBatchesAndAmongBatches() {
    fill(
        lane ->
            lane.channel() == Channel.EMAIL
                && lane.priority() == Priority.NORMAL
                && !lane.kind().batch());
    assertThat(turns(400, Lane::kind)).containsEntry(LaneKind.RETRY, 100);
    fill(
        lane ->
            lane.channel() == Channel.EMAIL
                && lane.priority() == Priority.LOW
                && lane.kind().batch());
    Predicate<Lane> low = lane -> lane.priority() == Priority.LOW;
    assertThat(turns(400, Lane::kind, low)).containsEntry(LaneKind.BATCH_RETRY, 100);
  }

  @Test
  void channelsOfOnePriorityTakeTurns() {
    fill(
        lane ->
            lane.channel().carriesMessages()
                && lane.channel() != Channel.WHATSAPP
                && lane.priority() == Priority.NORMAL
                && lane.kind() == LaneKind.SINGLE);
    assertThat(turns(300, Lane::channel).values()).hasSize(3).containsOnly(100);
  }

  @Test
  void aChannelWithoutRoomIsPassedOver() {
    Lane email = new Lane(Channel.EMAIL, Priority.URGENT, LaneKind.SINGLE);
    Lane sms = new Lane(Channel.SMS, Priority.LOW, LaneKind.SINGLE);
    fill(Set.of(email, sms)::contains);
    assertThat(order.next(lane -> lane.channel() == Channel.SMS)).isEqualTo(sms);
    assertThat(order.next(lane -> false)).isNull();
  }

  @Test
  void emptyLanesAreNotAskedAndTheOthersAtMostOnce() {
    fill(lane -> lane.channel().carriesMessages() && lane.kind() != LaneKind.RETRY);
    Set<Lane> asked = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      asked.clear();
      next(
          lane -> {
            assertThat(lane.kind()).isNotEqualTo(LaneKind.RETRY);
            assertThat(asked.add(lane)).as("%s is asked once", lane).isTrue();
            return lane.priority() == Priority.LOW;
          });
    }
    order.setFilled(new Lane(Channel.SMS, Priority.URGENT, LaneKind.SINGLE), false);
    next(
        lane -> {
          boolean emptied = lane.equals(new Lane(Channel.SMS, Priority.URGENT, LaneKind.SINGLE));
          assertThat(emptied).isFalse();
          return lane.priority() == Priority.LOW;
        });
  }

  @Test
  void underFullLoadNoLaneStarves() {
    fill(
        lane ->
            (lane.channel() == Channel.EMAIL || lane.channel() == Channel.SMS)
                && lane.priority() != Priority.URGENT);
    Map<Lane, Integer> turns = turns(28_800, lane -> lane);
    assertThat(turns).hasSize(24);
    Map<Priority, Integer> ofPriority =
        Map.of(Priority.HIGH, 19_200, Priority.NORMAL, 7_200, Priority.LOW, 2_400);
    Map<LaneKind, Integer> twelfths =
        Map.of(LaneKind.SINGLE, 6, LaneKind.BATCH, 3, LaneKind.RETRY, 2, LaneKind.BATCH_RETRY, 1);
    turns.forEach(
        (lane, count) ->
            assertThat(count)
                .as(lane.toString())
                .isEqualTo(ofPriority.get(lane.priority()) / 2 * twelfths.get(lane.kind()) / 12));
  }

  private void fill(Predicate<Lane> which) {
    for (Channel channel : Channel.values()) {
      for (Priority priority : Priority.values()) {
        for (LaneKind kind : LaneKind.values()) {
          Lane lane = new Lane(channel, priority, kind);
          if (which.test(lane)) {
            order.setFilled(lane, true);
          }
        }
      }
    }
  }

  private Lane next(Predicate<Lane> ready) {
    Lane lane = order.next(ready);
    assertThat(lane).isNotNull();
    return lane;
  }

  private <K> Map<K, Integer> turns(int count, Function<Lane, K> key) {
    return turns(count, key, lane -> true);
  }

  private <K> Map<K, Integer> turns(int count, Function<Lane, K> key, Predicate<Lane> ready) {
    Map<K, Integer> turns = new HashMap<>();
    for (int i = 0; i < count; i++) {
      turns.merge(key.apply(next(ready)), 1, Integer::sum);
    }
    return turns;
  }
}
