package io.signalbox.gateway.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerQueueTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final int MESSAGE_BYTES = 200_000;
  private static final long BUDGET = 4 << 20;

  @TempDir private Path directory;
  private final NotificationIds ids = new NotificationIds(Clock.systemUTC(), 0);
  private final Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  private Vertx vertx;
  private SqlLedger ledger;
  private LedgerQueue queue;

  @BeforeEach
  void open() throws Exception {
    GatewayConfig config =
        ConfigLoader.load(
            Optional.empty(), Map.of(), Map.of("dispatch.lane_window_bytes", BUDGET + ""));
    vertx = Vertx.vertx();
    ledger =
        await(
            SqliteLedger.open(
                vertx,
                directory.resolve("ledger.db"),
                SqlLedgerOptions.of(config.ledger()),
                new StoredForm()));
    queue = new LedgerQueue(ledger, config.dispatch(), clock);
  }

  @AfterEach
  void close() throws Exception {
    await(ledger.close());
    await(vertx.close());
  }

  @Test
  void largeNotificationsNeverTakeMoreThanTheBudgetAndAllComeInTheEnd() throws Exception {
    Set<NotificationId> expected = accept(300, Priority.NORMAL);
    Set<NotificationId> seen = new HashSet<>();
    int mostHeld = 0;
    while (queue.wantsRefill()) {
      await(queue.refill());
      assertThat((long) queue.size() * MESSAGE_BYTES).isLessThanOrEqualTo(BUDGET);
      mostHeld = Math.max(mostHeld, queue.size());
      WorkItem item = queue.take(any -> true);
      while (item != null && !queue.wantsRefill()) {
        seen.add(finish(item));
        item = queue.take(any -> true);
      }
      if (item != null) {
        seen.add(finish(item));
      }
    }

    assertThat(seen).isEqualTo(expected);
    assertThat(mostHeld).as("several at a time").isGreaterThan(5);
  }

  @Test
  void aLaneThatStandsStillDoesNotKeepTheOthersEmpty() throws Exception {
    accept(60, Priority.LOW);
    for (int i = 0; i < 5; i++) {
      await(queue.refill());
    }
    int standing = queue.size();
    assertThat((long) standing * MESSAGE_BYTES).isGreaterThan(BUDGET / 3).isLessThan(BUDGET);

    accept(3, Priority.URGENT);
    for (int i = 0; i < 3; i++) {
      await(queue.refill());
      WorkItem item = queue.take(head -> head.notification().priority() == Priority.URGENT);
      assertThat(item).isNotNull();
      finish(item);
    }
    assertThat(queue.size()).isEqualTo(standing);
  }

  @Test
  void whatWasOfferedBeyondTheBudgetIsLeftToTheLedger() throws Exception {
    await(queue.refill());
    for (AcceptRequest request : requests(60, Priority.HIGH)) {
      await(ledger.accept(request));
      queue.offer(item(request));
    }
    assertThat((long) queue.size() * MESSAGE_BYTES).isPositive().isLessThanOrEqualTo(BUDGET);
  }

  private NotificationId finish(WorkItem item) throws Exception {
    await(
        ledger.move(
            item.id(), 0, false, new NextStep.Finish(NotificationState.CANCELLED, "test"), NOW));
    queue.release(item.id());
    return item.id();
  }

  private Set<NotificationId> accept(int count, Priority priority) throws Exception {
    Set<NotificationId> accepted = new HashSet<>();
    for (AcceptRequest request : requests(count, priority)) {
      await(ledger.accept(request));
      accepted.add(request.id());
      queue.offer(item(request));
    }
    return accepted;
  }

  private static WorkItem item(AcceptRequest request) {
    return new WorkItem(
        request.id(),
        request.notification(),
        NOW,
        NotificationState.QUEUED,
        0,
        List.of(),
        request.content().length());
  }

  private List<AcceptRequest> requests(int count, Priority priority) {
    SendNotification notification =
        StoredForm.notification(
            SendNotification.DEFAULT_TENANT,
            "t",
            Channel.EMAIL,
            "x".repeat(MESSAGE_BYTES),
            priority,
            null);
    List<AcceptRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(
          new AcceptRequest(
              ids.next(),
              notification,
              new StoredForm().write(notification),
              NotificationState.QUEUED,
              NOW,
              NOW,
              null));
    }
    return requests;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
