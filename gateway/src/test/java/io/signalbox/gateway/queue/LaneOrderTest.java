package io.signalbox.gateway.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.Lane;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LaneOrderTest {
  private final LaneOrder order = new LaneOrder();

  @Test
  void urgentGoesFirst() {
    Lane urgent = new Lane(Channel.SMS, Priority.URGENT, false);
    Lane high = new Lane(Channel.EMAIL, Priority.HIGH, false);
    Set<Lane> waiting = Set.of(urgent, high);
    for (int i = 0; i < 100; i++) {
      assertThat(order.next(waiting::contains)).isEqualTo(urgent);
    }
  }

  @Test
  void theOthersShareEightToThreeToOne() {
    Map<Priority, Integer> turns = turns(1_200, priority -> true);
    assertThat(turns)
        .containsEntry(Priority.HIGH, 800)
        .containsEntry(Priority.NORMAL, 300)
        .containsEntry(Priority.LOW, 100);
  }

  @Test
  void whoIsAloneGetsAll() {
    Map<Priority, Integer> turns = turns(100, priority -> priority == Priority.LOW);
    assertThat(turns).containsOnly(Map.entry(Priority.LOW, 100));
  }

  private Map<Priority, Integer> turns(int count, java.util.function.Predicate<Priority> waiting) {
    Map<Priority, Integer> turns = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Lane lane =
          order.next(
              candidate ->
                  candidate.channel() == Channel.EMAIL
                      && !candidate.retry()
                      && candidate.priority() != Priority.URGENT
                      && waiting.test(candidate.priority()));
      assertThat(lane).isNotNull();
      turns.merge(lane.priority(), 1, Integer::sum);
    }
    return turns;
  }

  @Test
  void oneOfFourIsARetry() {
    int retries = 0;
    for (int i = 0; i < 400; i++) {
      Lane lane =
          order.next(
              candidate ->
                  candidate.channel() == Channel.EMAIL && candidate.priority() == Priority.NORMAL);
      assertThat(lane).isNotNull();
      retries += lane.retry() ? 1 : 0;
    }
    assertThat(retries).isEqualTo(100);
  }

  @Test
  void channelsOfOnePriorityTakeTurns() {
    Map<Channel, Integer> turns = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      Lane lane =
          order.next(
              candidate ->
                  candidate.channel().carriesMessages()
                      && candidate.channel() != Channel.WHATSAPP
                      && candidate.priority() == Priority.NORMAL
                      && !candidate.retry());
      assertThat(lane).isNotNull();
      turns.merge(lane.channel(), 1, Integer::sum);
    }
    assertThat(turns.values()).hasSize(3).containsOnly(100);
  }

  @Test
  void aChannelWithoutRoomIsPassedOver() {
    Lane email = new Lane(Channel.EMAIL, Priority.URGENT, false);
    Lane sms = new Lane(Channel.SMS, Priority.LOW, false);
    Set<Lane> waiting = Set.of(email, sms);
    assertThat(order.next(lane -> waiting.contains(lane) && lane.channel() == Channel.SMS))
        .isEqualTo(sms);
    assertThat(order.next(lane -> false)).isNull();
  }

  @Test
  void underFullLoadNoRetryLaneStarves() {
    Map<Lane, Integer> turns = new HashMap<>();
    for (int i = 0; i < 12_000; i++) {
      Lane lane =
          order.next(
              candidate ->
                  (candidate.channel() == Channel.EMAIL || candidate.channel() == Channel.SMS)
                      && candidate.priority() != Priority.URGENT);
      assertThat(lane).isNotNull();
      turns.merge(lane, 1, Integer::sum);
    }
    assertThat(turns).hasSize(12);
    turns.forEach(
        (lane, count) -> {
          Lane other = new Lane(lane.channel(), lane.priority(), !lane.retry());
          double share = count / (double) (count + turns.get(other));
          assertThat(share).isCloseTo(lane.retry() ? 0.25 : 0.75, Offset.offset(0.01));
        });
  }
}
