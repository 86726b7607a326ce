package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a ledger is given to do where it is measured. Thread-safe. */
public final class LedgerWork {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerWork.class);
  private static final long DEADLINE_MILLIS = 10_000;

  private final SqlLedger ledger;
  private final NotificationIds ids;
  private final Clock clock;
  private final SendNotification notification;
  private final Buffer content;
  private final Decision decision =
      new Decision(new RankingSnapshot(1, "{}"), "best_score", List.of());

  /**
   * Makes it.
   *
   * @param messageLength of each notification, in letters; what else is stored of it comes on top
   */
  public LedgerWork(SqlLedger ledger, int messageLength, Clock clock) {
    this.ledger = ledger;
    this.ids = new NotificationIds(clock, 0);
    this.clock = clock;
    this.notification =
        StoredForm.notification(
            SendNotification.DEFAULT_TENANT,
            "order_shipped",
            Channel.EMAIL,
            "x".repeat(messageLength),
            Priority.NORMAL,
            null);
    this.content = new StoredForm().write(notification);
  }

  /** A new notification; its id once it is stored. */
  public Future<NotificationId> accept() {
    NotificationId id = ids.next();
    long now = clock.millis();
    return ledger
        .accept(
            new AcceptRequest(id, notification, content, NotificationState.QUEUED, now, now, null))
        .map(id);
  }

  /** A new notification that is sent at once; its id once that is stored. */
  public Future<NotificationId> lifecycle() {
    return accept().compose(id -> begin(id).compose(begun -> settle(id)).map(id));
  }

  /** The first attempt of a notification begins. */
  public Future<?> begin(NotificationId id) {
    AttemptId attempt = new AttemptId(id, 1);
    long now = clock.millis();
    AttemptStart start =
        new AttemptStart(
            attempt,
            0,
            Channel.EMAIL,
            "alpha",
            1,
            decision,
            now,
            now + DEADLINE_MILLIS,
            false,
            notification.recipients().get(0),
            false);
    return ledger.begin(start);
  }

  /** The first attempt of a notification has sent it. */
  public Future<?> settle(NotificationId id) {
    Outcome sent = new Outcome.Sent("provider-" + id.random(), Evidence.answered(202, null, null));
    NextStep done = new NextStep.Finish(NotificationState.SENT, "sent");
    return ledger.settle(new Settlement(new AttemptId(id, 1), sent, clock.millis(), 5, done));
  }

  /**
   * Does something so many times, some of them at a time; returns when all have ended.
   *
   * @param change by its number
   */
  public static void each(int count, int inFlight, IntFunction<? extends Future<?>> change)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch left = new CountDownLatch(count);
    for (int i = 0; i < inFlight; i++) {
      one(next, count, left, change);
    }
    left.await();
  }

  private static void one(
      AtomicInteger next, int count, CountDownLatch left, IntFunction<? extends Future<?>> change) {
    int number = next.getAndIncrement();
    if (number < count) {
      change
          .apply(number)
          .onComplete(
              done -> {
                if (done.failed()) {
                  LOG.error("a change failed", done.cause());
                }
                left.countDown();
                one(next, count, left, change);
              });
    }
  }
}
