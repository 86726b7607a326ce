package io.signalbox.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How nodes split work, and how their ids stay apart. */
class NodeShareTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void livingNodesSplitAllBucketsEvenly() {
    SplittableRandom random = new SplittableRandom(7);
    for (int count = 1; count <= NodeShare.MAX_NODES; count++) {
      Set<Integer> living = new HashSet<>();
      while (living.size() < count) {
        living.add(random.nextInt(NodeShare.MAX_NODES));
      }
      long all = 0;
      for (int node : living) {
        long mine = NodeShare.split(node, living);
        assertThat(all & mine).as("nobody else's").isZero();
        assertThat(Long.bitCount(mine))
            .isBetween(NodeShare.BUCKETS / count, (NodeShare.BUCKETS + count - 1) / count);
        all |= mine;
      }
      assertThat(all).isEqualTo(-1L);
    }
  }

  @Test
  void whoIsNotLivingHasNothing() {
    assertThat(NodeShare.split(3, List.of(1, 2))).isZero();
  }

  @Test
  void whenOneGoesTheOthersKeepMostOfTheirs() {
    for (int gone = 0; gone < 5; gone++) {
      List<Integer> before = List.of(0, 1, 2, 3, 4);
      List<Integer> after = new ArrayList<>(before);
      after.remove(Integer.valueOf(gone));
      int kept = 0;
      for (int node : after) {
        kept += Long.bitCount(NodeShare.split(node, before) & NodeShare.split(node, after));
      }
      assertThat(kept).isGreaterThan(35);
    }
  }

  @Test
  void idsOfNodesStayApartAlthoughTheirClocksStand() {
    Map<Integer, NotificationIds> sources = new HashMap<>();
    List<Integer> living = List.of(0, 1, 63);
    living.forEach(node -> sources.put(node, new NotificationIds(NOON, 0, () -> of(node, living))));
    Set<Long> keys = new HashSet<>();
    for (int node : living) {
      NotificationId before = null;
      for (int i = 0; i < 1_000; i++) {
        NotificationId next = sources.get(node).next();
        assertThat(keys.add(next.key())).isTrue();
        assertThat(of(node, living).has(next)).as("in its own share").isTrue();
        assertThat(before == null || next.compareTo(before) > 0).isTrue();
        before = next;
      }
    }
  }

  @Test
  void anotherNumberAndWhoHadItBeforeMakeNoKeyTwice() {
    NodeShare[] now = {of(1, List.of(1))};
    NotificationIds ids = new NotificationIds(NOON, 0, () -> now[0]);
    Set<Long> keys = new HashSet<>();
    IntStream.range(0, 100).forEach(i -> keys.add(ids.next().key()));
    long used = (NOON.millis() + 60_000) << NotificationId.COUNTER_BITS | 5;
    now[0] = new NodeShare(2, -1L, false, used);
    for (int i = 0; i < 100; i++) {
      NotificationId next = ids.next();
      assertThat(next.key()).isGreaterThan(used);
      assertThat(next.key() & 63).isEqualTo(2);
      assertThat(keys.add(next.key())).isTrue();
    }
  }

  @Test
  void newIdsAreSpreadOverTheNodesBuckets() {
    NodeShare share = of(1, List.of(0, 1, 2));
    NotificationIds ids = new NotificationIds(Clock.systemUTC(), 0, () -> share);
    long seen = 0;
    for (int i = 0; i < 5_000; i++) {
      seen |= 1L << (ids.next().random() & 63);
    }
    assertThat(seen).isEqualTo(share.buckets());
  }

  private static NodeShare of(int node, List<Integer> living) {
    return new NodeShare(node, NodeShare.split(node, living), false, 0);
  }
}
