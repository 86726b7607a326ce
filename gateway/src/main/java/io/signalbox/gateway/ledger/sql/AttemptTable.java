package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReceiptStatus;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code provider_requests}. */
final class AttemptTable {
  /** The code of an attempt that was under way when the gateway stopped. */
  static final String NODE_STOPPED = "node_stopped";

  /** The code of an attempt that nobody waited for any more. */
  static final String STALLED = "stalled";

  private static final String REQUEST_TYPE = "send";

  private static final Map<Progress, String> PROGRESS = new EnumMap<>(Progress.class);

  static {
    for (Progress progress : Progress.values()) {
      PROGRESS.put(progress, progress.name().toLowerCase(Locale.ROOT));
    }
  }

  private static final String COLUMNS =
      "SELECT provider, outcome, receipt_status, channel, ended_at, provider_message_id,"
          + " confirm_within_ms, confirmation, cancel_wished_at, notification_id, attempt"
          + " FROM provider_requests ";

  private final Map<AttemptKey, AttemptRow> seen = new HashMap<>();
  private final SqlConnection connection;
  private @Nullable SqlAnswer asked;
  private final SqlStatement insert;
  private final SqlStatement find;
  private final SqlStatement ahead;
  private final SqlStatement end;
  private final SqlStatement cancelWish;
  private final SqlStatement receipt;
  private final SqlStatement messageId;

  AttemptTable(SqlConnection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepare(
            """
            INSERT INTO provider_requests (notification_id, attempt, tenant, provider,
              request_type, channel, round, generation, possible_duplicate, ranking_id, rule,
              excluded, created_at, deadline_at, confirm_within_ms, confirmation, policy, node)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    find = connection.prepare(COLUMNS + "WHERE notification_id = ? AND attempt = ?");
    ahead =
        connection.readsAhead()
            ? connection.prepare(COLUMNS + "WHERE notification_id = ANY(?)")
            : find;
    end =
        connection.prepare(
            """
            UPDATE provider_requests SET outcome = ?, success = ?, progress = ?, http_status = ?,
              code = ?, error_message = ?, provider_message_id = ?, ended_at = ?,
              response_time_ms = ?, next_step = ?
            WHERE notification_id = ? AND attempt = ?""");
    cancelWish =
        connection.prepare(
            "UPDATE provider_requests SET cancel_wished_at = ?"
                + " WHERE notification_id = ? AND attempt = ?");
    receipt =
        connection.prepare(
            "UPDATE provider_requests SET receipt_status = ? WHERE notification_id = ?"
                + " AND attempt = ?");
    messageId =
        connection.prepare(
            "UPDATE provider_requests SET provider_message_id = ? WHERE notification_id = ?"
                + " AND attempt = ?");
  }

  void insert(AttemptStart start, String tenant, @Nullable Long rankingId) throws SQLException {
    insert.setLong(1, start.attempt().notification().key());
    insert.setInt(2, start.attempt().number());
    insert.setString(3, tenant);
    insert.setString(4, start.provider());
    insert.setString(5, REQUEST_TYPE);
    insert.setInt(6, start.channel().code());
    insert.setInt(7, start.round());
    insert.setLong(8, start.generation());
    insert.setFlag(9, start.possibleDuplicate());
    Columns.bind(insert, 10, rankingId);
    insert.setString(11, start.decision().rule());
    Columns.bind(insert, 12, ExcludedText.write(start.decision().excluded()));
    insert.setTime(13, start.startedAtMillis());
    insert.setTime(14, start.deadlineAtMillis());
    long within = start.confirmation().withinMillis();
    Columns.bind(insert, 15, within == 0 ? null : (Long) within);
    insert.setFlag(16, start.confirmation().failover());
    Columns.bind(insert, 17, start.decision().policy());
    insert.setInt(18, connection.node());
    insert.executeOn(start.attempt().notification().key());
    know(
        new AttemptKey(start.attempt().notification().key(), start.attempt().number()),
        AttemptRow.of(start));
  }

  @Nullable AttemptRow find(long key, int number) throws SQLException {
    AttemptRow known = seen.get(new AttemptKey(key, number));
    if (known != null) {
      return known;
    }
    find.setLong(1, key);
    find.setInt(2, number);
    try (SqlRows row = find.query()) {
      if (!row.next()) {
        return null;
      }
      AttemptRow found = read(row);
      know(new AttemptKey(key, number), found);
      return found;
    }
  }

  /** What nobody else changes is not asked for again. */
  private void know(AttemptKey key, AttemptRow row) {
    if (!connection.readsAhead()) {
      seen.put(key, row);
    }
  }

  /** How many rows are known without asking. */
  int known() {
    return seen.size();
  }

  /** Asks for the attempts of notifications; {@link #takeAhead} takes the answer. */
  void askAhead(Collection<Long> notifications) throws SQLException {
    if (!notifications.isEmpty()) {
      ahead.setLongs(1, notifications);
      asked = ahead.ask();
    }
  }

  void takeAhead() throws SQLException {
    SqlAnswer answer = asked;
    asked = null;
    if (answer == null) {
      return;
    }
    try (SqlRows row = answer.rows()) {
      while (row.next()) {
        seen.put(new AttemptKey(row.getLong(10), row.getInt(11)), read(row));
      }
    }
  }

  /** Forgets what is known of rows: others may have changed them, or a change was taken back. */
  void forgetAhead() {
    asked = null;
    seen.clear();
  }

  private static AttemptRow read(SqlRows row) throws SQLException {
    return new AttemptRow(
        row.getString(1),
        Columns.outcome(row, 2),
        ReceiptStatus.ofCode(row.getInt(3)),
        Channel.ofCode(row.getInt(4)),
        row.getLong(5),
        Columns.text(row, 6),
        row.getLong(7),
        row.getInt(8) != 0,
        row.getLong(9) != 0);
  }

  /** Records how an attempt ended and, in words, what followed. */
  void end(Settlement settlement, String followed) throws SQLException {
    AttemptKey key =
        new AttemptKey(settlement.attempt().notification().key(), settlement.attempt().number());
    AttemptRow known = seen.remove(key);
    Outcome outcome = settlement.outcome();
    bindEvidence(outcome.kind(), outcome.evidence());
    Columns.bind(end, 7, outcome instanceof Outcome.Sent sent ? sent.providerMessageId() : null);
    end.setTime(8, settlement.endedAtMillis());
    end.setLong(9, settlement.tookMillis());
    end.setString(10, followed);
    end.setLong(11, key.notification());
    end.setInt(12, key.number());
    end.executeOn(key.notification());
    if (known != null) {
      know(key, known.ended(settlement));
    }
  }

  /**
   * Records that nobody knows the outcome of an attempt, nor ever will by its answer.
   *
   * @param code why, in a short lower-case word
   * @param message why, in words
   */
  void breakOff(long key, int number, String code, String message, long nowMillis)
      throws SQLException {
    seen.remove(new AttemptKey(key, number));
    bindEvidence(OutcomeKind.UNKNOWN, Evidence.unanswered(Progress.HEADERS_WRITTEN, code, message));
    Columns.bind(end, 7, (String) null);
    end.setTime(8, nowMillis);
    end.setLong(9, 0);
    end.setString(10, "wait: " + code);
    end.setLong(11, key);
    end.setInt(12, number);
    end.executeOn(key);
  }

  private void bindEvidence(OutcomeKind kind, Evidence evidence) throws SQLException {
    end.setInt(1, kind.code());
    end.setFlag(2, kind == OutcomeKind.SENT);
    Columns.bind(end, 3, PROGRESS.get(evidence.progress()));
    end.setInt(4, evidence.httpStatus());
    Columns.bind(end, 5, evidence.code());
    Columns.bind(end, 6, evidence.message());
  }

  /** Records that the application has called the notification back while this was under way. */
  void wishCancel(long key, int number, long nowMillis) throws SQLException {
    seen.remove(new AttemptKey(key, number));
    cancelWish.setTime(1, nowMillis);
    cancelWish.setLong(2, key);
    cancelWish.setInt(3, number);
    cancelWish.executeOn(key);
  }

  void bestReceipt(AttemptId attempt, ReceiptStatus status) throws SQLException {
    forget(attempt);
    receipt.setInt(1, status.code());
    receipt.setLong(2, attempt.notification().key());
    receipt.setInt(3, attempt.number());
    receipt.executeOn(attempt.notification().key());
  }

  void learnMessageId(AttemptId attempt, String providerMessageId) throws SQLException {
    forget(attempt);
    messageId.setString(1, providerMessageId);
    messageId.setLong(2, attempt.notification().key());
    messageId.setInt(3, attempt.number());
    messageId.executeOn(attempt.notification().key());
  }

  private void forget(AttemptId attempt) {
    seen.remove(new AttemptKey(attempt.notification().key(), attempt.number()));
  }

  /** An attempt by its notification's key. */
  record AttemptKey(long notification, int number) {

    // Keys count up in their low bits, and the usual hash keeps neighbours together.
    @Override
    public int hashCode() {
      return (int) (KnownRows.spread(notification) >>> Integer.SIZE) + number;
    }
  }
}
