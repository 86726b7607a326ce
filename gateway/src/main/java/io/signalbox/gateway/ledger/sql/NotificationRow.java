package io.signalbox.gateway.ledger.sql;

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
    TraceContext trace) {}
