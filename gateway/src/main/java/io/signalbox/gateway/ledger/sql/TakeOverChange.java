package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Node;
import io.signalbox.gateway.ledger.TakenOver;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Takes over what a dead node had begun: it writes no more, the outcomes of its attempts are
 * unknown, and its webhooks are processed here. All in one transaction, so that of several that try
 * one does, and whoever has the number next finds nothing of it. Empty if another node has done it.
 */
record TakeOverChange(Node dead, long nowMillis) implements Change<Optional<TakenOver>> {

  @Override
  public Optional<TakenOver> apply(WriteSession session) throws SQLException {
    if (!session.nodes().end(dead)) {
      return Optional.empty();
    }
    RecoverChange.Ended ended = RecoverChange.end(session, dead.number(), nowMillis);
    session.webhooks().moveWork(dead.number());
    session.bookingEvents().move(dead.number());
    return Optional.of(new TakenOver(dead, ended.attempts(), ended.cancelled()));
  }
}
