package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.LimitsNow;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Moves notifications: takes from the lanes what providers have permits for, and puts it on the
 * {@link Workbench}.
 *
 * <p>Thread-confined to the dispatch verticle's context.
 */
final class Dispatcher {
  private final DeliveryQueue queue;
  private final ProviderBoard board;
  private final Parking parking;
  private final LaneGate gate;
  private final LedgerPause pause;
  private final Workbench bench;
  private final StalledSweeper stalled;
  private final Alarm nextToken;
  private final Clock clock;
  private final int maxUnderWay;
  private final Context home;
  private Stage stage = Stage.NEW;
  private boolean pumpDue;

  Dispatcher(
      Vertx vertx,
      Courier courier,
      Ledger ledger,
      DeliveryQueue queue,
      ProviderBoard board,
      Inquiries inquiries,
      FollowUpPlanner planner,
      PolicyBook policies,
      DrillRules drills,
      DispatchMeter meter,
      Clock clock,
      int maxUnderWay) {
    this.queue = queue;
    this.board = board;
    this.parking = new Parking(board);
    this.gate = new LaneGate(board, policies);
    this.pause = new LedgerPause(vertx, this::pump);
    Bookkeeping books =
        new Bookkeeping(
            LoggerFactory.getLogger(Workbench.class), meter, drills, board, queue, clock);
    this.bench =
        new Workbench(
            courier,
            ledger,
            queue,
            parking,
            gate,
            pause,
            new LedgerRetries(vertx, pause),
            inquiries,
            planner,
            books,
            clock,
            this::pumpSoon);
    this.stalled = new StalledSweeper(ledger, bench, books, meter, clock);
    this.nextToken = new Alarm(vertx, this::pump);
    this.clock = clock;
    this.maxUnderWay = maxUnderWay;
    this.home = vertx.getOrCreateContext();
    queue.onArrival(this::pump);
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
    nextToken.cancel();
  }

  private enum Stage {
    NEW,
    RUNNING,
    STOPPED
  }

  int underWay() {
    return bench.underWay();
  }

  /** What is under way at each provider, for the load part of scores. */
  Map<String, Integer> load() {
    return board.load();
  }

  /** What each provider is given now. */
  Map<String, LimitsNow> limits() {
    return board.limits(clock.millis());
  }

  void offer(WorkItem item) {
    Instant sendAt = item.notification().sendAt();
    if (item.state() == NotificationState.SCHEDULED && sendAt != null) {
      queue.later(item.lane(), item.id(), sendAt.toEpochMilli());
    } else {
      queue.offer(item);
      pumpSoon();
    }
  }

  /** Leaves what waits to others; work must have ended. */
  Future<Void> close() {
    return queue.close();
  }

  void update(ProviderState state) {
    parking.update(state);
    pump();
  }

  /** Called at intervals: cooled-down providers become ready without any message. */
  void tick() {
    gate.tick();
    pump();
  }

  /** Starts as much as there is room for, once for all that the event loop does now. */
  private void pumpSoon() {
    if (!pumpDue) {
      pumpDue = true;
      home.runOnContext(
          now -> {
            pumpDue = false;
            pump();
          });
    }
  }

  /** Starts as much as there is room for. */
  void pump() {
    if (stage != Stage.RUNNING || pause.isOn()) {
      return;
    }
    long now = clock.millis();
    takeUpParked(now);
    while (hasRoom() && !pause.isOn()) {
      WorkItem item = queue.take(waiting -> gate.mayGo(waiting, now));
      if (item == null) {
        break;
      }
      bench.takeUp(item);
    }
    if (queue.wantsRefill()) {
      takeIn(queue.refill());
    }
    if (queue.size() > 0 || board.hasParked()) {
      nextToken.at(board.nextTokenAtMillis(now) - now);
    }
  }

  /** Asks the ledger for what the bell missed. */
  void sweep() {
    if (stage != Stage.RUNNING || pause.isOn()) {
      return;
    }
    takeIn(queue.sweep());
  }

  private void takeIn(Future<Void> answer) {
    answer
        .onSuccess(
            done -> {
              if (queue.size() > 0) {
                pump();
              }
            })
        .onFailure(failure -> pause.begin("a question for due work", failure));
  }

  /** Looks for work that nobody does. */
  void sweepStalled() {
    if (stage == Stage.RUNNING && !pause.isOn()) {
      stalled.sweep().onComplete(done -> sweep());
    }
  }

  /** Takes up what waited for a permit that is free now, or that will not come. */
  private void takeUpParked(long now) {
    while (hasRoom()) {
      WorkItem item = parking.next(now);
      if (item == null) {
        break;
      }
      bench.takeUp(item);
    }
  }

  private boolean hasRoom() {
    return bench.underWay() < maxUnderWay;
  }
}
