package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * What a change must know of a notification before it can decide.
 *
 * @param dueAtMillis when something is to be done next; 0 if nothing is
 * @param reason why it is in its state; null if the state says all
 * @param lastProvider who tried it last; null if nobody did
 * @param replayedAtMillis when a person last had it tried again; 0 if nobody did
 * @param trace where it stands in a trace
 */
record NotificationRow(
    NotificationId id,
    String tenant,
    NotificationState state,
    int attempts,
    int round,
    Lane lane,
    long dueAtMillis,
    @Nullable String reason,
    @Nullable String lastProvider,
    long replayedAtMillis,
    TraceContext trace) {

  /** What is stored of a request. */
  static NotificationRow of(AcceptRequest request, Lane lane) {
    return new NotificationRow(
        request.id(),
        request.notification().tenant(),
        request.state(),
        0,
        0,
        lane,
        request.dueAtMillis(),
        null,
        null,
        0,
        request.trace());
  }

  /** The same while an attempt is under way. */
  NotificationRow begun(NotificationState now, AttemptStart start) {
    return new NotificationRow(
        id,
        tenant,
        now,
        start.attempt().number(),
        round,
        lane,
        0,
        null,
        start.provider(),
        replayedAtMillis,
        trace);
  }

  /** The same in another position. */
  NotificationRow moved(Position to) {
    Long due = to.dueAtMillis();
    return new NotificationRow(
        id,
        tenant,
        to.state(),
        attempts,
        to.round(),
        lane.ofRound(to.round()),
        due == null ? 0 : due,
        to.reason(),
        lastProvider,
        replayedAtMillis,
        trace);
  }
}
