package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever outcomes, crashes, receipts, cancels and replays come in whatever order: a notification
 * ends, in one final state, and no attempt is made that its policy or its state forbids. The ledger
 * and the decisions are the real ones; time is simulated.
 */
class DecisionPropertyTest {
  private static final int WAVES = 2;
  private static final int NOTIFICATIONS = 1_600;
  private static final int ROUNDS = 30;
  private static final int MOST_ROUNDS_TO_THE_END = 300;
  private static final ReceiptStatus[] STATUSES = ReceiptStatus.values();
  private static final ReasonClass[] REASONS = ReasonClass.values();

  @TempDir private Path directory;
  private final NotificationJson json = new NotificationJson();
  private final Map<NotificationId, Story> stories = new LinkedHashMap<>();
  private Vertx vertx;
  private SqlLedger ledger;
  private DecisionWorld world;
  private Random random;
  private long now;
  private int events;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    openLedger();
  }

  @AfterEach
  void close() throws Exception {
    await(ledger.close());
    await(vertx.close());
  }

  private void openLedger() throws Exception {
    SqlLedgerOptions options = new SqlLedgerOptions(2_000, 100_000, 1 << 30, 2, 1_000);
    ledger = await(SqliteLedger.open(vertx, directory.resolve("ledger.db"), options, json));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void everySequenceEndsOnceAndWithinItsPolicy() throws Exception {
    long base = System.nanoTime();
    for (int wave = 0; wave < WAVES; wave++) {
      long seed = base + wave;
      try {
        wave(seed);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private void wave(long seed) throws Exception {
    random = new Random(seed);
    world = new DecisionWorld(seed);
    now = 1_800_000_000_000L + seed % 1_000_000;
    stories.clear();
    accept();
    for (int round = 0; round < ROUNDS; round++) {
      now += random.nextInt(3_000);
      if (random.nextInt(8) == 0) {
        crash();
      }
      round(true);
    }
    for (int round = 0; !allEnded() && round < MOST_ROUNDS_TO_THE_END; round++) {
      now += 10_000;
      round(false);
    }
    for (Story story : stories.values()) {
      checkEnd(story);
    }
  }

  private void accept() throws Exception {
    NotificationIds ids = new NotificationIds(Clock.systemUTC(), 0);
    List<AcceptRequest> requests = new ArrayList<>();
    for (int i = 0; i < NOTIFICATIONS; i++) {
      SendNotification notification = notification(ids.next());
      NotificationId id = ids.next();
      int most = world.policies.resolve(notification).maxAttempts();
      stories.put(id, new Story(id, notification, most));
      requests.add(
          new AcceptRequest(
              id,
              notification,
              json.write(notification),
              NotificationState.QUEUED,
              now,
              now,
              null));
    }
    await(ledger.acceptAll(requests));
  }

  private SendNotification notification(NotificationId unique) {
    OnUnknown[] policies = OnUnknown.values();
    return new SendNotification(
        SendNotification.DEFAULT_TENANT,
        "test",
        Channel.EMAIL,
        List.of(
            new Recipient.Email(unique + "@example.com"),
            new Recipient.Phone("+1555" + (1_000_000 + random.nextInt(9_000_000)))),
        new Content("t", "m", null),
        Priority.NORMAL,
        random.nextBoolean() ? List.of(Channel.SMS) : List.of(),
        null,
        random.nextInt(4) == 0 ? Instant.ofEpochMilli(now + random.nextInt(60_000)) : null,
        random.nextBoolean() ? Duration.ofSeconds(1 + random.nextInt(9)) : null,
        random.nextBoolean() ? policies[random.nextInt(policies.length)] : null,
        null,
        null,
        random.nextBoolean() ? 1 + random.nextInt(6) : null,
        null,
        Map.of(),
        Map.of(),
        false,
        null);
  }

  /** One step of each notification, all at once so that they share commits. */
  private void round(boolean wild) throws Exception {
    Map<NotificationId, WorkItem> due = new LinkedHashMap<>();
    for (Lane lane : DecisionWorld.lanes()) {
      for (WorkItem item :
          await(ledger.due(lane, -1, now, NOTIFICATIONS, Long.MAX_VALUE, Set.of())).items()) {
        due.put(item.id(), item);
      }
    }
    List<Future<?>> steps = new ArrayList<>();
    for (Story story : stories.values()) {
      int luck = random.nextInt(100);
      WorkItem item = due.get(story.id);
      if (wild && luck < 20 && !story.tried.isEmpty()) {
        steps.add(receipt(story));
      } else if (wild && luck < 23) {
        steps.add(cancel(story));
      } else if (wild && luck < 27) {
        steps.add(replay(story));
      } else if (story.flight != null) {
        steps.add(end(story, story.flight));
      } else if (item != null) {
        steps.add(take(story, item));
      }
    }
    await(Future.all(new ArrayList<>(steps)));
  }

  private Future<?> take(Story story, WorkItem item) {
    FollowUp todo = world.planner.first(item, false, now);
    if (todo instanceof FollowUp.Begin begin) {
      return ledger
          .begin(begin.flight().start())
          .compose(begun -> begun(story, begin.flight(), begun));
    }
    return ledger
        .move(item.id(), item.attempts().size(), item.isUnconfirmed(), todo.step(), now)
        .onSuccess(moved -> story.is(moved.state(), "moved by " + todo.step()));
  }

  private Future<?> begun(Story story, Flight flight, Settled begun) {
    if (begun.applied()) {
      world.planner.begun(flight, now);
      story.begins(flight);
      story.is(begun.state(), "begun at " + flight.start().provider());
      return Future.succeededFuture();
    }
    world.planner.notBegun(flight, now);
    story.is(begun.state(), "not begun");
    return begun.suppressed() == null
        ? Future.succeededFuture()
        : take(story, flight.item().without(flight.start().channel(), begun.suppressed()));
  }

  private Future<?> end(Story story, Flight flight) {
    Outcome outcome = outcome(flight);
    flight.provider().giveBack(flight.reservation(), now);
    story.flight = null;
    story.tried.get(story.tried.size() - 1).outcome = outcome.kind();
    FollowUp todo = world.planner.after(flight.itemAfter(outcome, now), outcome, false, now);
    return ledger
        .settle(new Settlement(flight.start().attempt(), outcome, now, 1, todo.step()))
        .compose(
            settled -> {
              story.is(settled.state(), outcome.kind() + " then " + todo.step());
              return todo instanceof FollowUp.Begin begin
                  ? begun(story, begin.flight(), settled)
                  : Future.succeededFuture();
            });
  }

  private Outcome outcome(Flight flight) {
    Evidence answer = Evidence.answered(500, "code", null);
    int luck = random.nextInt(100);
    if (luck < 40) {
      return new Outcome.Sent("m-" + flight.start().attempt(), answer);
    }
    if (luck < 60) {
      return new Outcome.Transient(answer);
    }
    if (luck < 80) {
      return new Outcome.Unknown(Evidence.unanswered(Progress.BODY_WRITTEN, "timeout", null));
    }
    if (luck < 88) {
      return new Outcome.Throttled(Duration.ofSeconds(1), answer);
    }
    return luck < 94
        ? new Outcome.ProviderFault(answer)
        : new Outcome.Rejected(REASONS[1 + random.nextInt(REASONS.length - 1)], answer);
  }

  private Future<?> receipt(Story story) {
    Story.Tried tried = story.tried.get(random.nextInt(story.tried.size()));
    boolean repeated = events > 0 && random.nextInt(5) == 0;
    String event = "e-" + story.id + "-" + (repeated ? 0 : events++);
    ReceiptStatus status = STATUSES[random.nextInt(STATUSES.length)];
    boolean bad = status.meansNotDelivered();
    ReasonClass reason = bad ? REASONS[random.nextInt(REASONS.length)] : ReasonClass.NONE;
    String attempt = tried.start.attempt().toString();
    Receipt receipt =
        new Receipt(
            event,
            random.nextBoolean() ? attempt : null,
            "m-" + attempt,
            status,
            reason,
            "raw",
            null,
            null,
            null,
            Instant.ofEpochMilli(now));
    return ledger
        .record(new WebhookBatch(tried.start.provider(), now, List.of(receipt)))
        .onSuccess(
            effects -> {
              ReceiptEffect effect = effects.get(0);
              tried.told(effect.kind(), status);
              if (effect.state() != null) {
                story.is(effect.state(), "told " + status + " " + reason + " of " + attempt);
              }
            });
  }

  private Future<?> cancel(Story story) {
    return ledger
        .reports()
        .cancel(SendNotification.DEFAULT_TENANT, story.id, now)
        .onSuccess(done -> story.is(done.state(), "cancel " + done.kind()));
  }

  private Future<?> replay(Story story) {
    DeadLetterFilter one =
        new DeadLetterFilter(
            SendNotification.DEFAULT_TENANT, story.id, null, null, 0, Long.MAX_VALUE, null);
    return ledger
        .reports()
        .replayDeadLetters(one, 1, now)
        .onSuccess(
            moved -> {
              if (moved.count() > 0) {
                story.replayed();
              }
            });
  }

  /** Everything that is not in the ledger is gone. */
  private void crash() throws Exception {
    await(ledger.close());
    stories.values().forEach(Story::crashes);
    openLedger();
    await(ledger.recover(now));
    world = new DecisionWorld(random.nextLong());
    for (Story story : stories.values()) {
      story.is(timeline(story).state(), "recovered");
    }
  }

  private Timeline timeline(Story story) throws Exception {
    return await(ledger.reports().timeline(SendNotification.DEFAULT_TENANT, story.id))
        .orElseThrow();
  }

  private boolean allEnded() throws Exception {
    return stories.values().stream().allMatch(story -> story.flight == null)
        && await(ledger.backlog(now)).isEmpty();
  }

  private void checkEnd(Story story) throws Exception {
    Timeline timeline = timeline(story);
    assertThat(timeline.state().isOpen()).as("%s is open: %s", timeline.reason(), story).isFalse();
    assertThat(timeline.dueAtMillis()).as("due: %s", story).isZero();
    assertThat(timeline.state()).as("%s", story).isEqualTo(story.state);
    assertThat(timeline.attempts())
        .as("%s", story)
        .hasSize(story.tried.size())
        .allMatch(attempt -> attempt.outcome() != null);
  }
}
