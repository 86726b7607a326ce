package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.time.Clock;
import org.slf4j.Logger;

/**
 * Writes into the log and counts what happens to notifications, and tells the queue what comes
 * later. Thread-confined.
 */
final class Bookkeeping {
  private final NotificationLog trail;
  private final DispatchMeter meter;
  private final DrillRules drills;
  private final ProviderBoard board;
  private final DeliveryQueue queue;
  private final Clock clock;

  Bookkeeping(
      Logger log,
      DispatchMeter meter,
      DrillRules drills,
      ProviderBoard board,
      DeliveryQueue queue,
      Clock clock) {
    this.trail = new NotificationLog(log);
    this.meter = meter;
    this.drills = drills;
    this.board = board;
    this.queue = queue;
    this.clock = clock;
  }

  /** An attempt is recorded and begins. */
  void begun(Flight flight) {
    String provider = flight.start().provider();
    if (flight.start().possibleDuplicate()) {
      meter.possibleDuplicate(provider);
    }
    PastAttempt last = flight.item().last();
    if (flight.start().confirmation().failover() && last != null && last.wasSent()) {
      meter.confirmationFailover(last.provider());
    }
    Channel asked = flight.item().notification().channel();
    if (flight.start().channel() != asked) {
      boolean suppressed = flight.item().suppressed().containsKey(asked);
      meter.fallbackChannel(asked, flight.start().channel(), suppressed);
    }
    trail.begun(flight.start().attempt(), provider, flight.item().trace());
  }

  /** An attempt was not begun, because of the suppression list. */
  void suppressed(Flight flight, SuppressionReason reason) {
    meter.suppressed(flight.start().channel(), reason);
  }

  /** An attempt has its outcome. */
  void ended(Flight flight, Delivered delivered) {
    trail.ended(
        flight.start().attempt(),
        flight.start().provider(),
        delivered.outcome(),
        delivered.tookMillis(),
        flight.item().trace());
    if (!drills.isIdle()) {
      drills.ended(
          flight, board, delivered.outcome().kind(), delivered.tookMillis(), clock.millis());
    }
  }

  /** An attempt's end leads to another attempt at once. */
  void failover(WorkItem ended, FollowUp.Begin next) {
    PastAttempt last = ended.last();
    OutcomeKind outcome = last == null ? null : last.outcome();
    if (last != null && outcome != null) {
      meter.failover(last.provider(), next.flight().start().provider(), outcome);
    }
  }

  /** An attempt's end is stored, with what follows. */
  void settled(Settled settled, WorkItem item) {
    PastAttempt last = item.last();
    for (ReceiptEffect effect : settled.matched()) {
      meter.received(effect);
      if (last != null) {
        trail.receipt(last.provider(), effect);
      }
    }
    stepped(settled, item);
  }

  /**
   * A step was offered to the ledger. Counted is what it has taken, be it another one; what came
   * too late counts where the other thing counts that came before it.
   */
  void stepped(Settled settled, WorkItem item) {
    NextStep next = settled.taken();
    NotificationState state = settled.state();
    if (next instanceof NextStep.Finish finish) {
      finished(item, settled, finish.reason());
    } else if (next instanceof NextStep.Confirm confirm && settled.before() != state) {
      finished(item, settled, confirm.reason());
    } else if (next instanceof NextStep.Unconfirmed) {
      finished(item, settled, StepRule.reasonOfUnconfirmed(state));
    } else if (next instanceof NextStep.Retry retry) {
      meter.retry(item.notification().channel());
      later(item, item.lane().ofRound(retry.round()), retry.dueAtMillis());
    }
    if (next instanceof NextStep.Confirm confirm) {
      later(item, item.lane(), confirm.untilMillis());
    }
    if (next instanceof NextStep.Await await) {
      later(item, item.lane(), await.untilMillis());
    }
  }

  /** What is due already is planned again at once. */
  private void later(WorkItem item, Lane lane, long dueAtMillis) {
    if (dueAtMillis > clock.millis()) {
      queue.later(lane, item.id(), dueAtMillis);
    }
  }

  /**
   * The application had called a notification back, and it ended with an attempt that nobody waits
   * for any more.
   */
  void cancelledWithAttempt(NotificationId id) {
    trail.finished(id, NotificationState.CANCELLED, StepRule.CANCELLED_WITH_UNKNOWN_OUTCOME, null);
    meter.finished(NotificationState.CANCELLED);
  }

  /** What ended before, as sent or held, was counted then: it moves, or stays where it is. */
  private void finished(WorkItem item, Settled settled, String reason) {
    NotificationState before = settled.before();
    NotificationState state = settled.state();
    trail.finished(item.id(), state, reason, item.trace());
    if (state == NotificationState.DEAD_LETTER && before != state) {
      queue.dead(item.lane(), item.id(), reason);
    }
    if (before.isOpen()) {
      meter.finished(state);
      if (state == NotificationState.SENT && item.notification().sendAt() == null) {
        meter.sent(item.lane(), item.id(), item.trace());
      }
    } else if (before != state) {
      meter.moved(before, state);
    }
  }
}
