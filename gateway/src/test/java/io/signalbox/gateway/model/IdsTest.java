package io.signalbox.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void anIdIsUuidOfVersion7ThatTellsItsTime() {
    NotificationId id = new NotificationIds(NOON, 0).next();
    assertThat(id.toUuid().version()).isEqualTo(7);
    assertThat(id.toUuid().variant()).isEqualTo(2);
    assertThat(id.timestampMillis()).isEqualTo(NOON.millis());
  }

  @Test
  void textAndValueAreTheSame() {
    NotificationIds ids = new NotificationIds(NOON, 0);
    for (int i = 0; i < 10_000; i++) {
      NotificationId id = ids.next();
      assertThat(NotificationId.parse(id.toString())).contains(id);
    }
  }

  @Test
  void idsGrowAlthoughTheClockStands() {
    NotificationIds ids = new NotificationIds(NOON, 0);
    NotificationId before = ids.next();
    for (int i = 0; i < 10_000; i++) {
      NotificationId next = ids.next();
      assertThat(next).isGreaterThan(before);
      assertThat(next.toString()).isGreaterThan(before.toString());
      before = next;
    }
  }

  @Test
  void idsAreGreaterThanThoseInUse() {
    long inUse = (NOON.millis() + 5_000) << NotificationId.COUNTER_BITS;
    assertThat(new NotificationIds(NOON, inUse).next().key()).isGreaterThan(inUse);
  }

  @Test
  void manyThreadsGetDifferentIds() {
    NotificationIds ids = new NotificationIds(NOON, 0);
    Set<Long> keys = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 50_000).parallel().forEach(i -> keys.add(ids.next().key()));
    assertThat(keys).hasSize(50_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "01890a5d-ac96-474b-bcce-b302099a8057",
        "01890a5d-ac96-774b-0cce-b302099a8057",
        "1-1-1-1-1",
        "01890a5dac96-774b-bcce-b302099a80577",
        "zzzzzzzz-ac96-774b-bcce-b302099a8057"
      })
  void otherTextIsNoId(String text) {
    assertThat(NotificationId.parse(text)).isEmpty();
  }

  @Test
  void anAttemptsTextHasAtMost40Characters() {
    NotificationId id = new NotificationIds(NOON, 0).next();
    AttemptId last = new AttemptId(id, AttemptId.MAX_NUMBER);
    assertThat(last.toString()).hasSize(40).matches("[0-9a-f-]+");
    assertThat(AttemptId.parse(last.toString())).contains(last);
    assertThat(AttemptId.parse(id + "-1")).contains(new AttemptId(id, 1));
    assertThat(AttemptId.parse(id + "-0")).isEmpty();
    assertThat(AttemptId.parse(id + "-")).isEmpty();
    assertThat(AttemptId.parse(id + "-1x")).isEmpty();
    assertThat(AttemptId.parse(id.toString())).isEmpty();
    assertThatThrownBy(() -> new AttemptId(id, 1_000)).isInstanceOf(IllegalArgumentException.class);
  }
}
