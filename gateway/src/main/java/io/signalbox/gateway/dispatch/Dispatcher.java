package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Outcome;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves notifications: takes from the lanes what providers have permits for, records each attempt
 * before its first byte, hands it to a provider verticle, and records its outcome together with
 * what follows.
 *
 * <p>All decisions are made by {@link FollowUpPlanner}. If the ledger cannot take a change, nothing
 * is sent that it does not know of: work pauses, and the end of an attempt is offered again until
 * it is stored.
 *
 * <p>Thread-confined to the dispatch verticle's context.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final NotificationLog TRAIL = new NotificationLog(LOG);

  private static final long LEDGER_PAUSE_MILLIS = 500;

  /** How many notifications that nobody can take are put off in one tick at most. */
  private static final int PUT_OFFS_PER_TICK = 250;

  private final Vertx vertx;
  private final Courier courier;
  private final AttemptSettler settler;
  private final Ledger ledger;
  private final DeliveryQueue queue;
  private final ProviderBoard board;
  private final FollowUpPlanner planner;
  private final DispatchMeter meter;
  private final Clock clock;
  private final int maxUnderWay;
  private final ArrayDeque<WorkItem> homeless = new ArrayDeque<>();
  private int underWay;
  private int putOffBudget = PUT_OFFS_PER_TICK;
  private Stage stage = Stage.NEW;
  private boolean paused;

  Dispatcher(
      Vertx vertx,
      Bus bus,
      Ledger ledger,
      DeliveryQueue queue,
      ProviderBoard board,
      FollowUpPlanner planner,
      DispatchMeter meter,
      Clock clock,
      int maxUnderWay) {
    this.vertx = vertx;
    this.courier = new Courier(bus, clock);
    this.settler =
        new AttemptSettler(vertx, ledger, failure -> pause("the end of an attempt", failure));
    this.ledger = ledger;
    this.queue = queue;
    this.board = board;
    this.planner = planner;
    this.meter = meter;
    this.clock = clock;
    this.maxUnderWay = maxUnderWay;
  }

  /** Begins to take work, unless it was stopped. */
  void run() {
    if (stage == Stage.NEW) {
      stage = Stage.RUNNING;
    }
    pump();
  }

  /** Takes no more work, for good; what is under way goes on. */
  void stop() {
    stage = Stage.STOPPED;
  }

  private enum Stage {
    NEW,
    RUNNING,
    STOPPED
  }

  int underWay() {
    return underWay;
  }

  void offer(WorkItem item) {
    queue.offer(item);
    pump();
  }

  void update(ProviderState state) {
    homeless.addAll(board.update(state));
    pump();
  }

  /** Starts as much as there is room for. */
  void pump() {
    if (stage != Stage.RUNNING || paused) {
      return;
    }
    long now = clock.millis();
    takeUpParked(now);
    while (underWay < maxUnderWay && !paused) {
      WorkItem item = queue.take(waiting -> mayGo(waiting, now));
      if (item == null) {
        break;
      }
      takeUp(item);
    }
    if (queue.wantsRefill()) {
      sweep();
    }
  }

  /** Asks the ledger for what the bell missed. */
  void sweep() {
    if (stage != Stage.RUNNING || paused) {
      return;
    }
    queue
        .refill()
        .onSuccess(
            done -> {
              if (queue.size() > 0) {
                pump();
              }
            })
        .onFailure(failure -> pause("a question for due work", failure));
  }

  /**
   * Whether a notification at the head of its lane is taken now. While its providers are busy it
   * waits there. While none can be had it waits too, unless a fallback channel can take it; but
   * some are let through to be told so, since their time may be over.
   */
  private boolean mayGo(WorkItem item, long now) {
    switch (board.readiness(item.notification().channel(), now)) {
      case READY -> {
        return true;
      }
      case BUSY -> {
        return false;
      }
      case UNAVAILABLE -> {
        for (Channel fallback : item.notification().fallbackChannels()) {
          if (board.readiness(fallback, now) == BoardEntry.Readiness.READY) {
            return true;
          }
        }
        return putOffBudget > 0;
      }
    }
    return false;
  }

  /** Called at intervals: cooled-down providers become ready without any message. */
  void tick() {
    putOffBudget = PUT_OFFS_PER_TICK;
    pump();
  }

  /** Takes up what waited for a permit that is free now, or that will not come. */
  private void takeUpParked(long now) {
    while (underWay < maxUnderWay && !homeless.isEmpty()) {
      takeUp(homeless.removeFirst());
    }
    for (BoardEntry entry : board.all()) {
      while (underWay < maxUnderWay && entry.readiness(now) != BoardEntry.Readiness.BUSY) {
        WorkItem item = entry.unpark();
        if (item == null) {
          break;
        }
        takeUp(item);
      }
    }
  }

  private void takeUp(WorkItem item) {
    underWay++;
    long now = clock.millis();
    FollowUp todo = planner.first(item, now);
    if (todo instanceof FollowUp.Begin begin) {
      begin(begin.flight());
    } else if (todo instanceof FollowUp.Park park) {
      if (park.provider().park(item)) {
        underWay--;
      } else {
        move(item, park.later(), now);
      }
    } else {
      if (todo.step() instanceof NextStep.Retry) {
        putOffBudget--;
      }
      move(item, todo.step(), now);
    }
  }

  private void begin(Flight flight) {
    ledger
        .begin(flight.start())
        .onSuccess(begun -> deliverOrGiveBack(flight, begun))
        .onFailure(
            failure -> {
              free(flight);
              refused(flight.item(), "the begin of an attempt", failure);
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
      meter.suppressed(flight.start().channel(), suppressed);
      planAgain(flight.item().without(flight.start().channel(), suppressed));
    }
  }

  private void planAgain(WorkItem item) {
    underWay--;
    takeUp(item);
  }

  private void deliver(Flight flight) {
    AttemptStart start = flight.start();
    if (start.possibleDuplicate()) {
      meter.possibleDuplicate(start.provider());
    }
    if (start.channel() != flight.item().notification().channel()) {
      meter.fallbackChannel(flight.item().notification().channel(), start.channel());
    }
    TRAIL.begun(start.attempt(), start.provider());
    courier
        .deliver(flight)
        .onSuccess(delivered -> ended(flight, delivered))
        .onFailure(failure -> LOG.error("attempt {} was lost sight of", start.attempt(), failure));
  }

  private void ended(Flight flight, Delivered delivered) {
    long now = clock.millis();
    Outcome outcome = delivered.outcome();
    TRAIL.ended(
        flight.start().attempt(), flight.start().provider(), outcome, delivered.tookMillis());
    flight.provider().free(flight.reservation(), now);
    if (outcome instanceof Outcome.Throttled throttled) {
      flight.provider().coolDown(throttled.retryAfter(), now);
    }
    WorkItem item = flight.itemAfter(outcome.kind(), now);
    FollowUp todo = planner.after(item, outcome, now);
    if (todo instanceof FollowUp.Begin begin) {
      meter.failover(flight.start().provider(), begin.flight().start().provider(), outcome.kind());
    }
    settle(
        new Settlement(flight.start().attempt(), outcome, now, delivered.tookMillis(), todo.step()),
        item,
        todo);
    pump();
  }

  private void settle(Settlement settlement, WorkItem item, FollowUp todo) {
    settler
        .settle(settlement)
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
              refused(item, "the end of an attempt", failure);
            });
  }

  /** Gives back the permit of an attempt that was planned and does not begin. */
  private void forget(FollowUp todo) {
    if (todo instanceof FollowUp.Begin begin) {
      free(begin.flight());
    }
  }

  private void free(Flight flight) {
    flight.provider().free(flight.reservation(), clock.millis());
  }

  private void settled(Settled settled, WorkItem item, FollowUp todo) {
    String provider = item.attempts().get(item.attempts().size() - 1).provider();
    settled.matched().forEach(effect -> TRAIL.receipt(provider, effect));
    if (settled.applied()) {
      count(item, todo.step());
    }
    if (todo instanceof FollowUp.Begin begin) {
      deliverOrGiveBack(begin.flight(), settled);
    } else if (settled.applied() && todo instanceof FollowUp.Park) {
      // The board may have changed while the ledger wrote: plan again.
      planAgain(item);
    } else {
      done(item);
    }
  }

  private void move(WorkItem item, NextStep next, long now) {
    ledger
        .move(item.id(), item.attempts().size(), next, now)
        .onSuccess(
            moved -> {
              if (moved.applied()) {
                count(item, next);
              }
              done(item);
            })
        .onFailure(failure -> refused(item, "a step", failure));
  }

  /**
   * The ledger did not take a change. If it cannot take any, work pauses and the notification comes
   * back from it; if it will never take this one, the notification is kept aside until the next
   * start, so that it cannot hold up the others.
   */
  private void refused(WorkItem item, String what, Throwable failure) {
    if (failure instanceof LedgerUnavailableException) {
      pause(what, failure);
      done(item);
    } else {
      LOG.error("notification {} is kept aside: {} cannot be recorded", item.id(), what, failure);
      underWay--;
      pump();
    }
  }

  private void count(WorkItem item, NextStep next) {
    if (next instanceof NextStep.Finish finish) {
      TRAIL.finished(item.id(), finish.state(), finish.reason());
      meter.finished(
          item.notification().channel(), finish.state(), clock.millis() - item.acceptedAtMillis());
    } else if (next instanceof NextStep.Retry) {
      meter.retry(item.notification().channel());
    }
  }

  private void done(WorkItem item) {
    underWay--;
    queue.release(item.id());
    pump();
  }

  private void pause(String what, Throwable failure) {
    if (!paused) {
      LOG.warn(
          "the ledger could not take {}; work pauses for {} ms: {}",
          what,
          LEDGER_PAUSE_MILLIS,
          failure.toString());
      paused = true;
      vertx.setTimer(
          LEDGER_PAUSE_MILLIS,
          over -> {
            paused = false;
            pump();
          });
    }
  }

  /** What is under way at each provider, for the load part of scores. */
  Map<String, Integer> load() {
    return board.load();
  }
}
