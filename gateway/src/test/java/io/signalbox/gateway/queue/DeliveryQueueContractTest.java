package io.signalbox.gateway.queue;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.redis.TestRedis;
import io.signalbox.spi.intake.Priority;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every queue promises. */
@Timeout(240)
class DeliveryQueueContractTest {
  @TempDir private Path folder;
  private TestRedis redis;
  private QueueRig rig;

  enum Kind {
    LEDGER,
    REDIS
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
    if (redis != null) {
      redis.close();
    }
  }

  private QueueWorker open(Kind kind, Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    if (kind == Kind.REDIS) {
      redis = TestRedis.start(folder.resolve("redis"));
      all.put("redis.urls", redis.url());
    }
    rig = new QueueRig(folder, all);
    return kind == Kind.REDIS ? rig.redisWorker("one", true) : rig.ledgerWorker();
  }

  private static void endsAll(QueueWorker worker, List<WorkItem> items) {
    Set<NotificationId> expected = new HashSet<>();
    items.forEach(item -> expected.add(item.id()));
    await()
        .atMost(QueueRig.LIMIT)
        .untilAsserted(
            () -> assertThat(worker.endedIds()).containsExactlyInAnyOrderElementsOf(expected));
  }

  @ParameterizedTest
  @EnumSource
  void givesOutOnceWhatWasOfferedAndWhatTheBellMissed(Kind kind) throws Exception {
    QueueWorker worker = open(kind, Map.of("dispatch.lane_window", "20"));

    List<WorkItem> items = rig.accept(100, Priority.LOW);
    items.addAll(rig.send(worker, 100, Priority.NORMAL));

    endsAll(worker, items);
  }

  @ParameterizedTest
  @EnumSource
  void neverHoldsMoreContentThanItMay(Kind kind) throws Exception {
    QueueWorker worker = open(kind, Map.of("dispatch.lane_window_bytes", "1MiB"));
    worker.open(false);
    List<WorkItem> items =
        rig.accept(20, Priority.NORMAL, "x".repeat(200_000), System.currentTimeMillis());
    items.forEach(worker::offer);
    await().atMost(QueueRig.LIMIT).until(() -> worker.on(() -> worker.queue().size()) > 0);
    assertThat(worker.on(() -> worker.queue().size())).isLessThanOrEqualTo(4);
    worker.open(true);

    endsAll(worker, items);
  }

  @ParameterizedTest
  @EnumSource
  void bringsWhatIsLetGoAgainWhenItIsStillDue(Kind kind) throws Exception {
    QueueWorker worker = open(kind, Map.of());
    worker.open(false);
    List<WorkItem> items = rig.send(worker, 1, Priority.NORMAL);
    await()
        .atMost(QueueRig.LIMIT)
        .until(() -> worker.on(() -> worker.queue().take(any -> true)) != null);
    worker.on(
        () -> {
          worker.queue().release(items.get(0).id());
          return true;
        });
    worker.open(true);

    endsAll(worker, items);
  }

  @ParameterizedTest
  @EnumSource
  void givesHighNormalAndLowTheirShares(Kind kind) throws Exception {
    QueueWorker worker = open(kind, Map.of());
    worker.open(false);
    List<WorkItem> items = new ArrayList<>();
    for (Priority priority : List.of(Priority.LOW, Priority.NORMAL, Priority.HIGH)) {
      items.addAll(rig.send(worker, 40, priority));
    }
    await()
        .atMost(QueueRig.LIMIT)
        .until(() -> worker.on(() -> worker.queue().size()) == items.size());

    List<WorkItem> first = worker.on(() -> taken(worker.queue(), 48));
    assertThat(first.stream().map(item -> item.notification().priority()).toList())
        .as("eight to three to one")
        .satisfies(
            priorities -> {
              assertThat(Collections.frequency(priorities, Priority.HIGH)).isEqualTo(32);
              assertThat(Collections.frequency(priorities, Priority.NORMAL)).isEqualTo(12);
              assertThat(Collections.frequency(priorities, Priority.LOW)).isEqualTo(4);
            });
    worker.on(
        () -> {
          first.forEach(item -> worker.queue().release(item.id()));
          return true;
        });
    worker.open(true);

    endsAll(worker, items);
  }

  private static List<WorkItem> taken(DeliveryQueue queue, int count) {
    return Stream.generate(() -> Objects.requireNonNull(queue.take(any -> true)))
        .limit(count)
        .toList();
  }
}
