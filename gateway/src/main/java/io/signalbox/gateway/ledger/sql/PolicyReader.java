package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.PolicyUse;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.OutcomeKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Counts what routing policies began and doubled. */
final class PolicyReader {
  private static final long MINUTE_MILLIS = 60_000;

  private final SqlStatement use;

  PolicyReader(SqlConnection connection) throws SQLException {
    // What began is looked for among the notifications that were accepted since: rows of the end of
    // the table. What was doubled has an index of its own, as small as the budgets. Whether an
    // attempt might double another was decided when it began, and receipts that came since change
    // nothing of it. Only the first such attempt counts, and only after one since the last replay
    // that may have left us: before it, what was doubled was a person's wish.
    use =
        connection.prepare(
            "SELECT policy, "
                + connection.millis("created_at")
                + """
             / ?3, SUM(begun), SUM(doubled) FROM (
              SELECT policy, created_at, 1 AS begun, 0 AS doubled FROM provider_requests
                WHERE notification_id >= ?1 AND attempt = 1 AND created_at >= ?2
              UNION ALL
              SELECT r.policy, r.created_at, 0, 1
                FROM provider_requests r JOIN notifications n ON n.id = r.notification_id
                WHERE r.possible_duplicate AND r.created_at >= ?2
                  AND r.attempt = (SELECT MIN(q.attempt) FROM provider_requests q
                    WHERE q.notification_id = r.notification_id AND q.possible_duplicate
                      AND q.attempt > (SELECT MIN(p.attempt) FROM provider_requests p
                        WHERE p.notification_id = r.notification_id
                          AND p.attempt >
                            CASE WHEN r.attempt > n.replayed_after THEN n.replayed_after ELSE 0 END
                          AND p.outcome IN (?4, ?5)))) made
            WHERE policy IS NOT NULL GROUP BY 1, 2 ORDER BY 2""");
  }

  /** By minute, oldest first. */
  List<PolicyUse> use(long sinceMillis) throws SQLException {
    use.setLong(1, NotificationId.firstKey(sinceMillis));
    use.setTime(2, sinceMillis);
    use.setLong(3, MINUTE_MILLIS);
    use.setInt(4, OutcomeKind.SENT.code());
    use.setInt(5, OutcomeKind.UNKNOWN.code());
    List<PolicyUse> found = new ArrayList<>();
    try (SqlRows row = use.query()) {
      while (row.next()) {
        found.add(
            new PolicyUse(
                row.getString(1), row.getLong(2) * MINUTE_MILLIS, row.getInt(3), row.getInt(4)));
      }
    }
    return found;
  }
}
