package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.WebhookMessages.ReceiptRecorded;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves notifications: takes from the lanes what providers have permits for, records each attempt
 * before its first byte, hands it to a provider verticle, and records its outcome together with
 * what follows.
 *
 * <p>All decisions are made elsewhere, by {@link ProviderChooser}, {@link OutcomePolicy} and {@link
 * RoundPolicy}. If the ledger cannot take a change, nothing is sent that it does not know of: work
 * pauses, and the end of an attempt is offered again until it is stored.
 *
 * <p>Thread-confined to the dispatch verticle's context.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** How much longer than the attempt's own timeout an answer is waited for. */
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(2);

  private static final long LEDGER_PAUSE_MILLIS = 500;
  private static final long DEFAULT_COOL_DOWN_MILLIS = 1_000;
  private static final long MAX_COOL_DOWN_MILLIS = 300_000;

  private final Vertx vertx;
  private final Bus bus;
  private final Ledger ledger;
  private final DeliveryQueue queue;
  private final ProviderBoard board;
  private final ProviderChooser chooser;
  private final OutcomePolicy outcomes;
  private final RoundPolicy rounds;
  private final DispatchMeter meter;
  private final Clock clock;
  private final int maxUnderWay;
  private int underWay;
  private Stage stage = Stage.NEW;
  private boolean paused;

  Dispatcher(
      Vertx vertx,
      Bus bus,
      Ledger ledger,
      DeliveryQueue queue,
      ProviderBoard board,
      ProviderChooser chooser,
      OutcomePolicy outcomes,
      RoundPolicy rounds,
      DispatchMeter meter,
      Clock clock,
      int maxUnderWay) {
    this.vertx = vertx;
    this.bus = bus;
    this.ledger = ledger;
    this.queue = queue;
    this.board = board;
    this.chooser = chooser;
    this.outcomes = outcomes;
    this.rounds = rounds;
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
    // After a stop what waited here is left to the ledger.
    board.update(
        state,
        item -> {
          if (stage == Stage.RUNNING) {
            takeUp(item);
          }
        });
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
      WorkItem item = queue.take(channel -> board.mayGo(channel, now));
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
        .onFailure(failure -> pause("the ledger could not be asked for due work", failure));
  }

  private void takeUpParked(long now) {
    for (BoardEntry entry : board.all()) {
      while (underWay < maxUnderWay && entry.readiness(now) == BoardEntry.Readiness.READY) {
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
    if (rounds.isOver(item, now)) {
      String reason = mayHaveArrived(item) ? "expired_with_unknown_outcome" : "expired";
      move(item, new NextStep.Finish(NotificationState.EXPIRED, reason), now);
      return;
    }
    OutcomePolicy.Verdict verdict = outcomes.resume(item, now);
    NextStep step = stepOf(verdict);
    if (step == null) {
      tryNext(item, now);
    } else {
      move(item, step, now);
    }
  }

  /** The step that a verdict means, or null if another provider is to be tried. */
  private static @Nullable NextStep stepOf(OutcomePolicy.Verdict verdict) {
    if (verdict instanceof OutcomePolicy.Verdict.End end) {
      return new NextStep.Finish(end.state(), end.reason());
    }
    return verdict instanceof OutcomePolicy.Verdict.AwaitReceipt await
        ? new NextStep.Await(await.untilMillis(), await.reason())
        : null;
  }

  private void tryNext(WorkItem item, long now) {
    Plan plan = chooser.plan(item, now);
    if (plan instanceof Plan.Try attempt) {
      begin(flight(item, attempt, now));
    } else if (plan instanceof Plan.WaitForPermit wait) {
      if (wait.provider().park(item)) {
        underWay--;
      } else {
        move(item, rounds.noRoom(item, now), now);
      }
    } else if (plan instanceof Plan.NobodyLeft nobody) {
      move(item, rounds.nobodyLeft(item, nobody, now), now);
    }
  }

  private Flight flight(WorkItem item, Plan.Try attempt, long now) {
    BoardEntry provider = attempt.provider();
    AttemptId id = new AttemptId(item.id(), item.attempts().size() + 1);
    AttemptStart start =
        new AttemptStart(
            id,
            item.round(),
            attempt.channel(),
            provider.state().provider(),
            provider.state().generation(),
            attempt.decision(),
            now,
            now + provider.state().timeout().toMillis(),
            mayHaveArrived(item));
    return new Flight(item, start, provider, provider.reserve(), attempt.recipient());
  }

  private static boolean mayHaveArrived(WorkItem item) {
    for (PastAttempt past : item.attempts()) {
      if (past.outcome() == OutcomeKind.UNKNOWN) {
        return true;
      }
    }
    return false;
  }

  private void begin(Flight flight) {
    ledger
        .begin(flight.start())
        .onSuccess(
            begun -> {
              if (begun.applied()) {
                deliver(flight);
              } else {
                flight.provider().free(flight.reservation(), clock.millis());
                done(flight.item());
              }
            })
        .onFailure(
            failure -> {
              flight.provider().free(flight.reservation(), clock.millis());
              pause("the ledger could not record the begin of an attempt", failure);
              done(flight.item());
            });
  }

  private void deliver(Flight flight) {
    AttemptStart start = flight.start();
    if (start.possibleDuplicate()) {
      meter.possibleDuplicate(start.provider());
    }
    if (start.channel() != flight.item().notification().channel()) {
      meter.fallbackChannel(flight.item().notification().channel(), start.channel());
    }
    Duration timeout = Duration.ofMillis(start.deadlineAtMillis() - start.startedAtMillis());
    bus.request(
            Addresses.provider(start.provider(), start.generation()),
            new Deliver(start.attempt(), flight.request()),
            Delivered.class,
            timeout.plus(ANSWER_MARGIN))
        .otherwise(failure -> unanswered(start, failure))
        .onSuccess(delivered -> ended(flight, delivered))
        .onFailure(failure -> LOG.error("attempt {} was lost sight of", start.attempt(), failure));
  }

  private Delivered unanswered(AttemptStart start, Throwable failure) {
    long took = clock.millis() - start.startedAtMillis();
    boolean nobodyListened = failure instanceof GatewayException gone && gone.status() == 503;
    Outcome outcome =
        nobodyListened
            ? new Outcome.Transient(
                Evidence.unanswered(
                    Progress.NOT_CONNECTED, "provider_gone", "the provider was taken away"))
            : new Outcome.Unknown(
                Evidence.unanswered(
                    Progress.BODY_WRITTEN, "no_answer", "the provider verticle gave no answer"));
    return new Delivered(start.attempt(), outcome, took);
  }

  private void ended(Flight flight, Delivered delivered) {
    long now = clock.millis();
    Outcome outcome = delivered.outcome();
    flight.provider().free(flight.reservation(), clock.millis());
    if (outcome instanceof Outcome.Throttled throttled) {
      flight.provider().coolDown(now + coolDownMillis(throttled));
    }
    WorkItem item = flight.itemAfter(outcome.kind(), now);
    Follow follow = follow(item, outcome, now);
    if (follow.next() instanceof NextStep.Attempt attempt) {
      meter.failover(flight.start().provider(), attempt.start().provider(), outcome.kind());
    }
    settle(
        new Settlement(
            flight.start().attempt(), outcome, now, delivered.tookMillis(), follow.next()),
        item,
        follow);
    pump();
  }

  private static long coolDownMillis(Outcome.Throttled throttled) {
    Duration asked = throttled.retryAfter();
    long millis = asked == null ? DEFAULT_COOL_DOWN_MILLIS : asked.toMillis();
    return Math.max(DEFAULT_COOL_DOWN_MILLIS, Math.min(millis, MAX_COOL_DOWN_MILLIS));
  }

  /**
   * What follows, with what must be done once it is stored.
   *
   * @param flight the attempt that follows at once; null if none does
   * @param parkAt the provider whose permit is waited for; null if none is
   */
  private record Follow(NextStep next, @Nullable Flight flight, @Nullable BoardEntry parkAt) {
    static Follow of(NextStep next) {
      return new Follow(next, null, null);
    }
  }

  private Follow follow(WorkItem item, Outcome outcome, long now) {
    OutcomePolicy.Verdict verdict = outcomes.after(outcome, item.notification(), now);
    NextStep step = stepOf(verdict);
    return step == null ? followWithAnother(item, verdict.reason(), now) : Follow.of(step);
  }

  private Follow followWithAnother(WorkItem item, String reason, long now) {
    if (rounds.isOver(item, now)) {
      return Follow.of(new NextStep.Finish(NotificationState.EXPIRED, "expired"));
    }
    Plan plan = chooser.plan(item, now);
    if (plan instanceof Plan.Try attempt) {
      Flight flight = flight(item, attempt, now);
      return new Follow(new NextStep.Attempt(flight.start(), "failover_" + reason), flight, null);
    }
    if (plan instanceof Plan.WaitForPermit wait) {
      return new Follow(
          new NextStep.Retry(now, item.round(), "waits_for_permit"), null, wait.provider());
    }
    return Follow.of(rounds.nobodyLeft(item, (Plan.NobodyLeft) plan, now));
  }

  private void settle(Settlement settlement, WorkItem item, Follow follow) {
    ledger
        .settle(settlement)
        .onSuccess(settled -> settled(settled, item, follow))
        .onFailure(
            failure -> {
              pause("the ledger could not record the end of an attempt", failure);
              vertx.setTimer(LEDGER_PAUSE_MILLIS, again -> settle(settlement, item, follow));
            });
  }

  private void settled(Settled settled, WorkItem item, Follow follow) {
    String provider = item.attempts().get(item.attempts().size() - 1).provider();
    settled
        .matched()
        .forEach(effect -> bus.publish(Addresses.EVENTS, new ReceiptRecorded(provider, effect)));
    Flight flight = follow.flight();
    if (!settled.applied()) {
      if (flight != null) {
        flight.provider().free(flight.reservation(), clock.millis());
      }
      done(item);
      return;
    }
    count(item, follow.next());
    BoardEntry parkAt = follow.parkAt();
    if (flight != null) {
      deliver(flight);
    } else if (parkAt != null && parkAt.park(item)) {
      underWay--;
      pump();
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
        .onFailure(
            failure -> {
              pause("the ledger could not record a step", failure);
              done(item);
            });
  }

  private void count(WorkItem item, NextStep next) {
    if (next instanceof NextStep.Finish finish) {
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
      LOG.warn("{}; work pauses for {} ms: {}", what, LEDGER_PAUSE_MILLIS, failure.toString());
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
