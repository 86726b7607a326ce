package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import org.jspecify.annotations.Nullable;

/**
 * What a change must know of a notification before it can decide.
 *
 * @param lastProvider who tried it last; null if nobody did
 * @param replayedAtMillis when a person last had it tried again; 0 if nobody did
 */
record NotificationRow(
    NotificationId id,
    String tenant,
    NotificationState state,
    int attempts,
    int round,
    Lane lane,
    @Nullable String lastProvider,
    long replayedAtMillis) {}
