package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.call.RequestType;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.gateway.ledger.DeliveryNews.Verdict;
import io.signalbox.gateway.ledger.PastResult;
import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads attempts: for decisions, for the timeline, for health. */
final class AttemptReader {
  /** The receipts that say whether a message arrived have this code and the next ones. */
  private static final int FIRST_END = ReceiptStatus.EXPIRED.code();

  /** Codes of attempts that say nothing of their provider: it was not asked, or not to the end. */
  private static final String NO_RESULTS =
      Stream.of(
              AttemptTable.NODE_STOPPED,
              AttemptTable.STALLED,
              PastAttempt.DEADLINE_OVER,
              PastAttempt.PROVIDER_GONE,
              PastAttempt.BREAKER_OPEN)
          .collect(Collectors.joining("', '", "'", "'"));

  /** Calls that only read say nothing of how a provider does its work. */
  private static final String READS =
      Arrays.stream(RequestType.values())
          .filter(type -> !type.changes())
          .map(RequestType::wireName)
          .collect(Collectors.joining("', '", "'", "'"));

  /**
   * Of so many attempts, the newest, those of each provider are picked. There is no index by
   * provider, since every attempt would pay for it; a provider that gets the hundredth part of the
   * traffic still has 500 among them.
   */
  private static final int NEWEST = 50_000;

  private final SqlStatement past;
  private final SqlStatement entries;
  private final SqlStatement results;

  AttemptReader(SqlConnection connection) throws SQLException {
    past =
        connection.prepare(
            "SELECT attempt, round, channel, provider, outcome, created_at,"
                + " ended_at, receipt_status, provider_message_id, code FROM provider_requests"
                + " WHERE notification_id = ? ORDER BY attempt");
    entries =
        connection.prepare(
            """
            SELECT r.attempt, r.round, r.channel, r.provider, r.generation, r.ranking_id, k.json,
              r.rule, r.excluded, r.created_at, r.ended_at, r.response_time_ms, r.outcome,
              r.progress, r.http_status, r.code, r.error_message, r.provider_message_id,
              r.next_step, r.possible_duplicate, r.confirmation, r.policy
            FROM provider_requests r LEFT JOIN rankings k ON k.id = r.ranking_id
            WHERE r.notification_id = ? ORDER BY r.attempt""");
    results =
        connection.prepare(
            String.format(
                Locale.ROOT,
                """
            SELECT r.provider, r.channel, r.outcome, r.response_time_ms, r.ended_at,
              r.receipt_status, min(e.occurred_at), min(e.created_at), max(e.reason),
              max(CASE WHEN e.status = %3$d THEN 1 ELSE 0 END),
              max(CASE WHEN e.looked_up THEN 1 ELSE 0 END)
            FROM (SELECT *, row_number() OVER (
                  PARTITION BY provider ORDER BY notification_id DESC, attempt DESC) AS place
                FROM (SELECT notification_id, attempt, provider, channel, outcome,
                    response_time_ms, ended_at, receipt_status
                  FROM provider_requests
                  WHERE outcome IS NOT NULL AND (code IS NULL OR code NOT IN (%1$s))
                    AND request_type NOT IN (%5$s)
                  ORDER BY notification_id DESC, attempt DESC LIMIT %4$d) newest) r
              LEFT JOIN webhook_events e ON r.receipt_status >= %2$d
                AND e.notification_id = r.notification_id AND e.attempt = r.attempt
                AND e.status BETWEEN
                  CASE WHEN r.receipt_status < %3$d THEN r.receipt_status ELSE %3$d END
                  AND r.receipt_status
            WHERE r.place <= ?
            GROUP BY r.notification_id, r.attempt, r.provider, r.channel, r.outcome,
              r.response_time_ms, r.ended_at, r.receipt_status
            ORDER BY r.notification_id, r.attempt""",
                NO_RESULTS,
                FIRST_END,
                ReceiptStatus.DELIVERED.code(),
                NEWEST,
                READS));
  }

  /**
   * The attempts for decisions.
   *
   * @param replayedAfter how many were made before the last replay: they belong to no round
   */
  List<PastAttempt> past(long key, int replayedAfter) throws SQLException {
    past.setLong(1, key);
    List<PastAttempt> found = new ArrayList<>();
    try (SqlRows row = past.query()) {
      while (row.next()) {
        int number = row.getInt(1);
        OutcomeKind outcome = Columns.outcome(row, 5);
        found.add(
            new PastAttempt(
                number,
                number <= replayedAfter ? PastAttempt.BEFORE_REPLAY : row.getInt(2),
                Channel.ofCode(row.getInt(3)),
                row.getString(4),
                outcome,
                ReceiptStatus.ofCode(row.getInt(8)),
                Columns.text(row, 9),
                row.getLong(6),
                row.getLong(7),
                PastAttempt.wasAsked(outcome, Columns.text(row, 10))));
      }
    }
    return found;
  }

  List<AttemptEntry> entries(long key) throws SQLException {
    entries.setLong(1, key);
    List<AttemptEntry> found = new ArrayList<>();
    try (SqlRows row = entries.query()) {
      while (row.next()) {
        found.add(entry(row));
      }
    }
    return found;
  }

  /**
   * The latest attempts of each provider with an end, oldest first; those left out that we broke
   * off ourselves, or for which we asked nobody.
   *
   * @param limit for each provider
   */
  List<PastResult> results(int limit) throws SQLException {
    results.setInt(1, limit);
    List<PastResult> found = new ArrayList<>();
    try (SqlRows row = results.query()) {
      while (row.next()) {
        found.add(result(row));
      }
    }
    return found;
  }

  private static PastResult result(SqlRows row) throws SQLException {
    String provider = row.getString(1);
    Channel channel = Channel.ofCode(row.getInt(2));
    long endedAt = row.getLong(5);
    ReceiptStatus best = ReceiptStatus.ofCode(row.getInt(6));
    String reason = Columns.text(row, 9);
    boolean excused =
        best.meansNotDelivered()
            && reason != null
            && DeliveryNews.isExcused(ReasonClass.valueOf(reason.toUpperCase(Locale.ROOT)));
    long heardAt = row.getLong(8);
    Verdict verdict = row.getInt(10) != 0 ? Verdict.DELIVERED : Verdict.SEEN;
    return new PastResult(
        provider,
        channel,
        OutcomeKind.ofCode(row.getInt(3)),
        row.getLong(4),
        endedAt,
        best.meansDelivered() || excused
            ? new DeliveryNews(
                provider,
                channel,
                endedAt,
                excused ? Verdict.EXCUSED : verdict,
                DeliveryNews.within(endedAt, row.getLong(7), heardAt),
                heardAt,
                row.getInt(11) != 0)
            : null);
  }

  private static AttemptEntry entry(SqlRows row) throws SQLException {
    return new AttemptEntry(
        row.getInt(1),
        row.getInt(2),
        Channel.ofCode(row.getInt(3)),
        row.getString(4),
        row.getLong(5),
        new Decision(
            ranking(row),
            row.getString(8),
            ExcludedText.read(Columns.text(row, 9)),
            Columns.text(row, 22)),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        Columns.outcome(row, 13),
        Columns.text(row, 14),
        row.getInt(15),
        Columns.text(row, 16),
        Columns.text(row, 17),
        Columns.text(row, 18),
        Columns.text(row, 19),
        row.getInt(20) != 0,
        row.getInt(21) != 0);
  }

  private static @Nullable RankingSnapshot ranking(SqlRows row) throws SQLException {
    long id = row.getLong(6);
    String json = Columns.text(row, 7);
    return json == null ? null : new RankingSnapshot(id, json);
  }
}
