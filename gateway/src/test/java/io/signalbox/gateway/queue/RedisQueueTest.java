package io.signalbox.gateway.queue;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.redis.TestRedis;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gateways share their work through the streams of a Redis that is well. */
@Timeout(240)
class RedisQueueTest {
  private static final Lane NORMAL = new Lane(Channel.EMAIL, Priority.NORMAL, LaneKind.SINGLE);

  @TempDir private Path folder;
  private TestRedis redis;
  private QueueRig rig;

  @BeforeEach
  void start() {
    redis = TestRedis.start(folder.resolve("redis"));
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
    redis.close();
  }

  private void rig(String... settings) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("redis.urls", redis.url()));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    rig = new QueueRig(folder, all);
  }

  private long length() throws Exception {
    return rig.ask(Command.XLEN, rig.keys().lane(NORMAL)).toLong();
  }

  private long pending() throws Exception {
    return pending(NORMAL);
  }

  private long pending(Lane lane) throws Exception {
    return rig.ask(Command.XPENDING, rig.keys().lane(lane), StreamKeys.GROUP).get(0).toLong();
  }

  /** Until its first questions to the ledger are over, what is offered is left to the ledger. */
  private QueueWorker settled(QueueWorker worker, QueueWorker... others) throws Exception {
    List<QueueWorker> all = new ArrayList<>(List.of(others));
    all.add(worker);
    long added = addedSoFar();
    while (addedSoFar() == added) {
      int before = endedBy(all);
      rig.send(worker, 1, Priority.NORMAL);
      await().atMost(QueueRig.LIMIT).until(() -> endedBy(all) > before);
    }
    await().atMost(QueueRig.LIMIT).until(() -> pending() == 0);
    return worker;
  }

  private static int endedBy(List<QueueWorker> workers) {
    return workers.stream().mapToInt(worker -> worker.ended.size()).sum();
  }

  private long addedSoFar() throws Exception {
    Response info = rig.ask(Command.INFO, "commandstats");
    return info.toString()
        .lines()
        .filter(line -> line.startsWith("cmdstat_xadd:calls="))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
        .sum();
  }

  private static void endsAll(List<WorkItem> items, QueueWorker... workers) {
    List<NotificationId> expected = items.stream().map(WorkItem::id).toList();
    await()
        .atMost(QueueRig.LIMIT)
        .untilAsserted(
            () -> {
              List<NotificationId> ended = new ArrayList<>();
              for (QueueWorker worker : workers) {
                ended.addAll(worker.endedIds());
              }
              assertThat(ended).doesNotHaveDuplicates().containsAll(expected);
            });
  }

  @Test
  void whatIsOfferedGoesThroughTheStreamAndIsTakenOutOnceItIsSettled() throws Exception {
    rig();
    QueueWorker worker = settled(rig.redisWorker("one", true));

    // If the way through Redis takes long, the ledger brings some of them: not each time.
    await().atMost(QueueRig.LIMIT).until(() -> broughtByTheLedger(worker) < 50);
    await().atMost(QueueRig.LIMIT).until(() -> length() == 0 && pending() == 0);
  }

  /** Of 500. */
  private int broughtByTheLedger(QueueWorker worker) throws Exception {
    int before = rig.rebuilt.get();
    endsAll(rig.send(worker, 500, Priority.NORMAL), worker);
    return rig.rebuilt.get() - before;
  }

  @Test
  void theRightsThatTheDocumentsNameAreEnough() throws Exception {
    Path acl =
        Files.writeString(
            folder.resolve("users.acl"),
            "user default on nopass ~* +@all\n"
                + "user signalbox on >secret ~signalbox:* +@read +@write +eval +hello +ping +info\n");
    Path password = Files.writeString(folder.resolve("password"), "secret\n");
    redis.close();
    redis = TestRedis.start(folder.resolve("with-acl"), "--aclfile", acl.toString());
    rig("redis.user", "signalbox", "redis.password", "file:" + password);
    QueueWorker worker = settled(rig.redisWorker("one", true));

    endsAll(rig.send(worker, 20, Priority.NORMAL), worker);
    await().atMost(QueueRig.LIMIT).until(() -> length() == 0);
  }

  @Test
  void gatewaysShareTheEntriesOfOne() throws Exception {
    rig("dispatch.lane_window", "20");
    QueueWorker one = settled(rig.redisWorker("one", false));
    QueueWorker two = settled(rig.redisWorker("two", false), one);

    List<WorkItem> items = sendToBoth(one, two);
    items.addAll(rig.send(one, 500, Priority.NORMAL));
    one.open(true);
    two.open(true);

    endsAll(items, one, two);
  }

  @Test
  void urgentOnesDoNotWaitBehindWhatWaitsInRedis() throws Exception {
    rig("dispatch.lane_window", "8");
    QueueWorker worker = settled(rig.redisWorker("one", false));
    worker.open(false);
    rig.send(worker, 100, Priority.LOW);
    List<WorkItem> urgent = rig.send(worker, 4, Priority.URGENT);
    Lane ofLow = new Lane(Channel.EMAIL, Priority.LOW, LaneKind.SINGLE);
    Lane ofUrgent = new Lane(Channel.EMAIL, Priority.URGENT, LaneKind.SINGLE);
    await()
        .atMost(QueueRig.LIMIT)
        .until(
            () ->
                pending(ofLow) >= 7
                    && pending(ofUrgent) == 4
                    && worker.on(() -> worker.queue().size()) == pending(ofLow) + 4);
    int before = worker.ended.size();

    worker.open(true);

    await().atMost(QueueRig.LIMIT).until(() -> worker.ended.size() == before + 104);
    assertThat(worker.endedIds().subList(before, before + 4))
        .containsExactlyElementsOf(urgent.stream().map(WorkItem::id).toList());
  }

  /** Both take nothing, and each was given some entries of what one accepted. */
  private List<WorkItem> sendToBoth(QueueWorker one, QueueWorker two) throws Exception {
    one.open(false);
    two.open(false);
    List<WorkItem> items = new ArrayList<>();
    while (one.on(() -> one.queue().size()) == 0 || two.on(() -> two.queue().size()) == 0) {
      long expected = pending() + 1;
      items.addAll(rig.send(one, 1, Priority.NORMAL));
      await().atMost(QueueRig.LIMIT).until(() -> pending() == expected);
    }
    return items;
  }

  @Test
  void entriesOfAGatewayThatGivesNoSignAreTakenOver() throws Exception {
    rig("queue.claim_after", "5s");
    QueueWorker dead = settled(rig.redisWorker("dead", false));
    QueueWorker living = settled(rig.redisWorker("living", false), dead);
    List<WorkItem> items = sendToBoth(dead, living);
    int held = dead.on(() -> dead.queue().size());
    // While signs are given, what it holds stays its own for longer than claim_after.
    await()
        .during(Duration.ofSeconds(6))
        .atMost(QueueRig.LIMIT)
        .until(() -> rig.claimed.get() == 0);

    QueueRig.await(dead.kill());
    living.open(true);

    endsAll(items, living);
    assertThat(rig.claimed.get()).isEqualTo(held);
    await().atMost(QueueRig.LIMIT).until(() -> length() == 0 && pending() == 0);
  }

  @Test
  void aGatewayThatLeavesGivesBackWhatItHolds() throws Exception {
    rig("queue.claim_after", "1h");
    QueueWorker leaving = settled(rig.redisWorker("leaving", false));
    QueueWorker other = settled(rig.redisWorker("other", false), leaving);
    List<WorkItem> items = sendToBoth(leaving, other);

    leaving.close();
    other.open(true);

    endsAll(items, other);
    await().atMost(QueueRig.LIMIT).until(() -> length() == 0);
  }

  @Test
  void whatIsDueSoonComesWhenItIsDue() throws Exception {
    rig();
    QueueWorker worker = settled(rig.redisWorker("one", false));
    long due = System.currentTimeMillis() + 5_000;
    List<WorkItem> items = rig.accept(20, Priority.NORMAL, "later", due);
    worker.on(
        () -> {
          items.forEach(item -> worker.queue().later(item.lane(), item.id(), due));
          return true;
        });
    await()
        .atMost(QueueRig.LIMIT)
        .until(() -> rig.ask(Command.ZCARD, rig.keys().delayed()).toInteger() == 20);

    endsAll(items, worker);
    await()
        .atMost(QueueRig.LIMIT)
        .until(() -> rig.ask(Command.ZCARD, rig.keys().delayed()).toInteger() == 0);
  }

  @Test
  void aStreamHoldsNoMoreThanItsLimitAndTheRestComesFromTheLedger() throws Exception {
    rig("queue.lane_limit", "30", "dispatch.lane_window", "10");
    QueueWorker worker = settled(rig.redisWorker("one", true));
    worker.open(false);

    List<WorkItem> items = rig.send(worker, 200, Priority.NORMAL);
    await().atMost(QueueRig.LIMIT).until(() -> length() == 30);
    items.addAll(rig.send(worker, 50, Priority.NORMAL));
    assertThat(length()).isEqualTo(30);
    worker.open(true);

    endsAll(items, worker);
    assertThat(rig.rebuilt.get()).isPositive();
    await().atMost(QueueRig.LIMIT).until(() -> length() == 0);
  }

  @Test
  void deadLettersAreTold() throws Exception {
    rig();
    QueueWorker worker = rig.redisWorker("one", false);
    WorkItem item = rig.accept(1, Priority.NORMAL).get(0);
    worker.on(
        () -> {
          worker.queue().dead(item.lane(), item.id(), "rounds_exhausted");
          return true;
        });

    await()
        .atMost(QueueRig.LIMIT)
        .untilAsserted(
            () ->
                assertThat(rig.ask(Command.XRANGE, rig.keys().dead(), "-", "+").toString())
                    .contains(item.id().toString(), "normal:email:single", "rounds_exhausted"));
  }

  @Test
  void anEntryThatNobodyFinishesBecomesADeadLetterAndItsNotificationIsNotLost() throws Exception {
    rig();
    settled(rig.redisWorker("one", true));
    String stream = rig.keys().lane(NORMAL);
    String entry = rig.ask(Command.XADD, stream, "*", "id", "no id").toString();

    await().atMost(QueueRig.LIMIT).until(() -> pending() == 1);
    rig.ask(
        Command.XCLAIM,
        stream,
        StreamKeys.GROUP,
        "one",
        0,
        entry,
        "IDLE",
        60_000,
        "RETRYCOUNT",
        StreamKeeper.MOST_GIVEN_OUT,
        "FORCE",
        "JUSTID");

    await().atMost(QueueRig.LIMIT).until(() -> rig.buried.get() == 1);
    await()
        .atMost(QueueRig.LIMIT)
        .untilAsserted(
            () ->
                assertThat(rig.ask(Command.XRANGE, rig.keys().dead(), "-", "+").toString())
                    .contains("no id", "given_out_too_often"));
    await().atMost(QueueRig.LIMIT).until(() -> length() == 0 && pending() == 0);
  }
}
