package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.signalbox.spi.Outcome;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes notifications through what is to be done with them now: records each attempt before its
 * first byte, hands it to a provider verticle, and records its outcome together with what follows.
 * Where more may be known of the latest attempt, {@link Inquiries} find it out before anything
 * follows.
 *
 * <p>If the ledger cannot take a change, nothing is sent that it does not know of: work pauses, and
 * what became of begins and ends is asked until it is known. Thread-confined.
 */
final class Workbench {
  private static final Logger LOG = LoggerFactory.getLogger(Workbench.class);

  private final Courier courier;
  private final LedgerRetries retries;
  private final AttemptStarter starter;
  private final AttemptSettler settler;
  private final Ledger ledger;
  private final DeliveryQueue queue;
  private final Parking parking;
  private final LaneGate gate;
  private final LedgerPause pause;
  private final Inquiries inquiries;
  private final FollowUpPlanner planner;
  private final Bookkeeping books;
  private final Clock clock;
  private final Runnable freed;
  private final KeptAside aside = new KeptAside();
  private int underWay;

  /**
   * Makes an empty workbench.
   *
   * @param pause begun whenever the ledger cannot take a change
   * @param freed called whenever there is room for more
   */
  Workbench(
      Courier courier,
      Ledger ledger,
      DeliveryQueue queue,
      Parking parking,
      LaneGate gate,
      LedgerPause pause,
      LedgerRetries retries,
      Inquiries inquiries,
      FollowUpPlanner planner,
      Bookkeeping books,
      Clock clock,
      Runnable freed) {
    this.courier = courier;
    this.retries = retries;
    this.starter = new AttemptStarter(ledger, retries);
    this.settler = new AttemptSettler(ledger, retries);
    this.ledger = ledger;
    this.queue = queue;
    this.parking = parking;
    this.gate = gate;
    this.pause = pause;
    this.inquiries = inquiries;
    this.planner = planner;
    this.books = books;
    this.clock = clock;
    this.freed = freed;
  }

  /** How many notifications are on it. */
  int underWay() {
    return underWay;
  }

  /** Whether what is known of an attempt here, or is asked, waits for the ledger. */
  boolean holds(AttemptId attempt) {
    return retries.holds(attempt.notification());
  }

  /** Lets go of what was kept aside: the ledger brings it again. */
  List<NotificationId> releaseKeptAside() {
    List<NotificationId> ids = aside.takeAll();
    ids.forEach(queue::release);
    return ids;
  }

  /** Lets go of a notification that is due again in the ledger. */
  void release(NotificationId id) {
    queue.release(id);
  }

  /** Takes up a notification that came from its lane, or that waited for a permit. */
  void takeUp(WorkItem item) {
    underWay++;
    long now = clock.millis();
    Future<Finding> asked = inquiries.about(item, now);
    if (asked == null) {
      decide(item, now);
      return;
    }
    asked
        .onSuccess(finding -> found(item, finding))
        .onFailure(failure -> refused(item, "what a provider said", failure));
  }

  private void found(WorkItem item, Finding finding) {
    if (finding instanceof Finding.Resolved) {
      done(item);
    } else if (finding instanceof Finding.NotSent notSent) {
      PastAttempt attempt = notSent.attempt();
      Outcome outcome = notSent.outcome();
      conclude(
          new AttemptId(item.id(), attempt.number()),
          outcome,
          attempt.endedAtMillis() - attempt.startedAtMillis(),
          item.withLastOutcome(outcome.kind()));
    } else if (finding instanceof Finding.GoOn goOn) {
      decide(goOn.item(), clock.millis());
    }
  }

  private void decide(WorkItem item, long now) {
    FollowUp todo = planner.first(item, inquiries.canAsk(item), now);
    if (todo instanceof FollowUp.Begin begin) {
      begin(begin.flight());
    } else if (todo instanceof FollowUp.Park park) {
      if (parking.park(item, park.provider())) {
        underWay--;
      } else {
        gate.putOff();
        move(item, park.later(), now);
      }
    } else {
      if (todo.step() instanceof NextStep.Retry) {
        gate.putOff();
      }
      move(item, todo.step(), now);
    }
  }

  private void begin(Flight flight) {
    starter
        .begin(flight.start(), flight.item().state())
        .onSuccess(begun -> deliverOrGiveBack(flight, begun))
        .onFailure(
            failure -> {
              free(flight);
              refused(flight.item(), AttemptStarter.WHAT, failure);
            });
  }

  private void deliverOrGiveBack(Flight flight, Settled begun) {
    if (begun.applied()) {
      deliver(flight);
      return;
    }
    free(flight);
    SuppressionReason suppressed = begun.suppressed();
    if (suppressed == null) {
      done(flight.item());
    } else {
      books.suppressed(flight, suppressed);
      planAgain(flight.item().without(flight.start().channel(), suppressed));
    }
  }

  private void planAgain(WorkItem item) {
    underWay--;
    takeUp(item);
  }

  private void deliver(Flight flight) {
    planner.begun(flight, clock.millis());
    books.begun(flight);
    courier
        .deliver(flight)
        .map(
            ended -> {
              ended(flight, ended);
              return ended;
            })
        .onSuccess(ended -> freed.run())
        .onFailure(failure -> refused(flight.item(), AttemptSettler.WHAT, failure));
  }

  private void ended(Flight flight, Courier.Ended ended) {
    long now = clock.millis();
    Delivered delivered = ended.delivered();
    Outcome outcome = delivered.outcome();
    BoardEntry provider = flight.provider();
    if (ended.asked()) {
      provider.ended(
          flight.reservation(), outcome, delivered.tookMillis(), flight.fullMillis(), now);
    } else {
      provider.giveBack(flight.reservation(), now);
    }
    books.ended(flight, delivered);
    conclude(
        flight.start().attempt(), outcome, delivered.tookMillis(), flight.itemAfter(outcome, now));
  }

  /** Records the outcome of the latest attempt with what follows it. */
  private void conclude(AttemptId attempt, Outcome outcome, long tookMillis, WorkItem item) {
    long now = clock.millis();
    FollowUp todo = planner.after(item, outcome, inquiries.canAsk(item), now);
    if (todo instanceof FollowUp.Begin begin) {
      books.failover(item, begin);
    }
    settler
        .settle(new Settlement(attempt, outcome, now, tookMillis, todo.step()))
        .onSuccess(
            stored -> {
              if (stored.isPresent()) {
                settled(stored.get(), item, todo);
              } else {
                forget(todo);
                done(item);
              }
            })
        .onFailure(
            failure -> {
              forget(todo);
              refused(item, AttemptSettler.WHAT, failure);
            });
  }

  /** Gives back the permit of an attempt that was planned and does not begin. */
  private void forget(FollowUp todo) {
    if (todo instanceof FollowUp.Begin begin) {
      free(begin.flight());
    }
  }

  private void free(Flight flight) {
    planner.notBegun(flight, clock.millis());
  }

  private void settled(Settled settled, WorkItem item, FollowUp todo) {
    books.settled(settled, item);
    if (todo instanceof FollowUp.Begin begin) {
      deliverOrGiveBack(begin.flight(), settled);
    } else if (settled.applied() && todo instanceof FollowUp.Park) {
      // The board may have changed while the ledger wrote.
      planAgain(item);
    } else {
      done(item);
    }
  }

  private void move(WorkItem item, NextStep next, long now) {
    ledger
        .move(item.id(), item.attempts().size(), item.isUnconfirmed(), next, now)
        .onSuccess(
            moved -> {
              books.stepped(moved, item);
              done(item);
            })
        .onFailure(failure -> refused(item, "a step", failure));
  }

  /**
   * The ledger did not take a change. If it cannot take any, work pauses and the notification comes
   * back from it; if it did not take this one, the notification is kept aside until stalled work is
   * looked for, so that it cannot hold up the others.
   */
  private void refused(WorkItem item, String what, Throwable failure) {
    if (failure instanceof LedgerUnavailableException) {
      pause.begin(what, failure);
      done(item);
    } else {
      LOG.error("notification {} is kept aside: {} cannot be recorded", item.id(), what, failure);
      underWay--;
      if (!aside.add(item.id())) {
        queue.release(item.id());
      }
      freed.run();
    }
  }

  private void done(WorkItem item) {
    underWay--;
    queue.release(item.id());
    freed.run();
  }
}
