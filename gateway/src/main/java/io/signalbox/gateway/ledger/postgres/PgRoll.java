package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.Node;
import io.signalbox.gateway.ledger.postgres.NodeWatch.Sighting;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code nodes}, on a connection that holds the lock of the node's number. Each
 * may block.
 */
final class PgRoll {
  /** The class of the advisory locks; the node's number is the other half of each. */
  static final int LOCKS = 0x5167_6e6f;

  /** Who was free for longest is taken first: of an earlier holder less may still be on its way. */
  private static final String FREE =
      "SELECT node FROM nodes WHERE left_at IS NOT NULL ORDER BY left_at, node";

  private static final String TAKE =
      """
      UPDATE nodes SET epoch = epoch + 1, name = $2, session = $3, started_at = clock_timestamp(),
        left_at = NULL, stopped = FALSE
      WHERE node = $1 AND left_at IS NOT NULL RETURNING epoch""";
  private static final String BEAT =
      """
      WITH beat AS (UPDATE node_beats b
        SET beats = beats + 1, seen_at = clock_timestamp(), working = $3
        FROM nodes n WHERE b.node = $1 AND n.node = b.node AND n.epoch = $2)
      SELECT n.node, n.epoch, coalesce(n.name, ''),
        (extract(epoch FROM n.started_at) * 1000)::bigint, b.beats, n.stopped,
        n.node IN (SELECT l.objid::bigint FROM pg_locks l
          WHERE l.locktype = 'advisory' AND l.classid = %d AND l.objsubid = 2 AND l.granted
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())),
        (extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) * 1000)::bigint,
        CASE WHEN n.node = $1 THEN $3 ELSE b.working END
      FROM nodes n JOIN node_beats b ON b.node = n.node
      WHERE n.left_at IS NULL ORDER BY n.node"""
          .replace("%d", Integer.toString(LOCKS));

  /** Not of a process that lives: it may have taken another number without learning of this one. */
  private static final String END_SESSIONS =
      """
      SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN nodes n
        ON n.session = a.application_name
      WHERE n.node = $1 AND n.epoch = $2 AND a.datname = current_database()
        AND a.pid <> pg_backend_pid()
        AND NOT EXISTS (SELECT 1 FROM nodes later WHERE later.session = n.session
          AND later.left_at IS NULL AND later.started_at > n.started_at)""";

  private static final String STOP =
      "UPDATE nodes SET stopped = TRUE WHERE node = $1 AND epoch = $2";

  private PgRoll() {}

  /**
   * What a look has shown.
   *
   * @param serverUpMillis since when the server runs
   */
  record Look(List<Sighting> sightings, long serverUpMillis) {
    /** Whether a seat is taken by whoever took it. */
    boolean has(Seat seat) {
      return sightings.stream()
          .map(Sighting::node)
          .anyMatch(node -> node.number() == seat.number() && node.epoch() == seat.epoch());
    }
  }

  /** Takes a free number; null if none is free. */
  static @Nullable Seat take(PgLink link, NodeOptions who) throws SQLException {
    for (Row free : link.run(FREE)) {
      int number = free.getInteger(0);
      // A frozen process may still hold the lock of a number that was taken away from it.
      if (!lock(link, number)) {
        continue;
      }
      RowSet<Row> taken = ask(link, TAKE, Tuple.of(number, who.name(), who.session()));
      if (taken.size() == 1) {
        return new Seat(number, taken.iterator().next().getLong(0));
      }
      link.run("SELECT pg_advisory_unlock(" + LOCKS + ", " + number + ")");
    }
    return null;
  }

  /** Takes the lock of a number, unless somebody else has it. */
  static boolean lock(PgLink link, int number) throws SQLException {
    return link.run("SELECT pg_try_advisory_lock(" + LOCKS + ", " + number + ")")
        .iterator()
        .next()
        .getBoolean(0);
  }

  /** Tells that a node lives, unless its number was taken away, and looks who else does. */
  static Look beat(PgLink link, Seat seat, boolean working) throws SQLException {
    List<Sighting> sightings = new ArrayList<>();
    long up = 0;
    for (Row row : ask(link, BEAT, Tuple.of(seat.number(), seat.epoch(), working))) {
      Node node = new Node(row.getInteger(0), row.getLong(1), row.getString(2), row.getLong(3));
      sightings.add(
          new Sighting(
              node, row.getLong(4), row.getBoolean(6), row.getBoolean(5), row.getBoolean(8)));
      up = row.getLong(7);
    }
    return new Look(sightings, up);
  }

  /** The greatest key that is in use; 0 for none. */
  static long greatestKey(PgLink link) throws SQLException {
    return link.run("SELECT coalesce(max(id), 0) FROM notifications").iterator().next().getLong(0);
  }

  /**
   * Ends what dead nodes have open at the server: it may hold locks for as long as they are frozen.
   */
  static void endSessions(PgLink link, List<Node> dead) throws SQLException {
    for (Node node : dead) {
      ask(link, END_SESSIONS, Tuple.of(node.number(), node.epoch()));
    }
  }

  /** Says that a node writes no more. */
  static void stop(PgLink link, Seat seat) throws SQLException {
    ask(link, STOP, Tuple.of(seat.number(), seat.epoch()));
  }

  private static RowSet<Row> ask(PgLink link, String sql, Tuple values) throws SQLException {
    return link.await(link.connection().preparedQuery(sql).execute(values));
  }
}
