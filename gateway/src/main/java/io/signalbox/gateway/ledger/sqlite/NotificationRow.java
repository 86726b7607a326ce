package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;

/** What a change must know of a notification before it can decide. */
record NotificationRow(
    NotificationId id, String tenant, NotificationState state, int attempts, int round, Lane lane) {

  /** The lane of a round. */
  Lane laneOfRound(int wanted) {
    return new Lane(lane.channel(), lane.priority(), wanted > 0);
  }
}
