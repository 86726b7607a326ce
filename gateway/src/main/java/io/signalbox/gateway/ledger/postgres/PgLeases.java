package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.Job;
import io.signalbox.gateway.ledger.Leases;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs by their rows in {@code leases}: each names a node and its epoch. Whose epoch was raised has
 * lost its jobs, for ever; so the epoch is the fencing token, and the node's signs of life renew
 * the lease. Thread-safe.
 */
final class PgLeases implements Leases {
  private static final Logger LOG = LoggerFactory.getLogger(PgLeases.class);

  /** Of two that try at the same time, the second finds the first one's node when it has waited. */
  private static final String TAKE =
      """
      UPDATE leases l SET node = $1, epoch = $2
      WHERE NOT EXISTS (SELECT 1 FROM nodes n
          WHERE n.node = l.node AND n.epoch = l.epoch AND n.left_at IS NULL)
        AND EXISTS (SELECT 1 FROM nodes n
          WHERE n.node = $1 AND n.epoch = $2 AND n.left_at IS NULL)
      RETURNING l.name""";

  private static final String HELD = "SELECT name FROM leases WHERE node = $1 AND epoch = $2";

  private static final String OURS =
      """
      SELECT 1 FROM nodes n JOIN leases l ON l.node = n.node AND l.epoch = n.epoch
      WHERE l.name = $1 AND n.node = $2 AND n.epoch = $3 FOR SHARE OF n""";

  private volatile Set<Job> held = Set.of();

  @Override
  public boolean holds(Job job) {
    return held.contains(job);
  }

  /** Takes what nobody living has; blocks. */
  void look(PgLink link, Seat mine) throws SQLException {
    Tuple seat = Tuple.of(mine.number(), mine.epoch());
    Set<Job> taken = ask(link, TAKE, seat);
    if (!taken.isEmpty()) {
      LOG.info("this node does for all: {}", taken);
    }
    held = ask(link, HELD, seat);
  }

  /** Whether a job is this node's until the transaction ends that runs on a connection. */
  static boolean isOurs(PgLink link, Seat mine, Job job) throws SQLException {
    Tuple asked = Tuple.of(job.wireName(), mine.number(), mine.epoch());
    return link.await(link.connection().preparedQuery(OURS).execute(asked)).size() > 0;
  }

  /** Nothing is this node's for now. */
  void lose() {
    held = Set.of();
  }

  private static Set<Job> ask(PgLink link, String sql, Tuple seat) throws SQLException {
    return StreamSupport.stream(
            link.await(link.connection().preparedQuery(sql).execute(seat)).spliterator(), false)
        .map(PgLeases::job)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Job job(Row row) {
    return Job.valueOf(row.getString(0).toUpperCase(Locale.ROOT));
  }
}
