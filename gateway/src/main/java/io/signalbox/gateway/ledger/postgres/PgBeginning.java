package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What a transaction that writes asks first.
 *
 * @param mine the seat of the node that writes
 * @param epoch the one that the ledger has for its number
 * @param revisions of what gateways remember
 */
record PgBeginning(Seat mine, Future<RowSet<Row>> epoch, Future<RowSet<Row>> revisions) {
  /**
   * Nobody takes our number away between this and the commit; and a transaction of our own whose
   * COMMIT had no answer, which may still be at it, has ended one way or the other before ours
   * looks at anything.
   */
  private static final String EPOCH = "SELECT epoch FROM nodes WHERE node = $1 FOR UPDATE";

  private static final String REVISIONS = "SELECT topic, revision FROM ledger_revisions";

  /** Asks in a transaction that has just begun, and does not wait. */
  static PgBeginning ask(PgSession session, Seat mine) throws SQLException {
    Future<RowSet<Row>> epoch = session.tell(EPOCH, Tuple.of(mine.number()));
    return new PgBeginning(mine, epoch, session.send(REVISIONS, Tuple.tuple(), false));
  }

  /**
   * Waits for the answers.
   *
   * @return revisions by their topics
   * @throws SQLException if others have taken this node for dead
   */
  Map<String, Long> take(PgSession session, PgMembership nodes) throws SQLException {
    Map<String, Long> found = new HashMap<>();
    for (Row row : session.await(revisions)) {
      found.put(row.getString(0), row.getLong(1));
    }
    // It was answered before the revisions were.
    nodes.check(mine, epoch.result().iterator().next().getLong(0));
    return found;
  }
}
