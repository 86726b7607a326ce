package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReceiptStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code provider_requests}. */
final class AttemptTable {
  /** The code of an attempt that was under way when the gateway stopped. */
  static final String NODE_STOPPED = "node_stopped";

  private static final String REQUEST_TYPE = "send";

  private static final Map<Progress, String> PROGRESS = new EnumMap<>(Progress.class);

  static {
    for (Progress progress : Progress.values()) {
      PROGRESS.put(progress, progress.name().toLowerCase(Locale.ROOT));
    }
  }

  private final PreparedStatement insert;
  private final PreparedStatement find;
  private final PreparedStatement end;
  private final PreparedStatement byMessage;
  private final PreparedStatement latestAt;
  private final PreparedStatement laterMayArrive;
  private final PreparedStatement receipt;
  private final PreparedStatement messageId;
  private final PreparedStatement underWay;

  AttemptTable(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            """
            INSERT INTO provider_requests (notification_id, attempt, tenant, provider,
              request_type, channel, round, generation, possible_duplicate, ranking_id, rule,
              excluded, created_at, deadline_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    find =
        connection.prepareStatement(
            "SELECT provider, outcome, receipt_status, channel, provider_message_id"
                + " FROM provider_requests"
                + " WHERE notification_id = ? AND attempt = ?");
    end =
        connection.prepareStatement(
            """
            UPDATE provider_requests SET outcome = ?, success = ?, progress = ?, http_status = ?,
              code = ?, error_message = ?, provider_message_id = ?, ended_at = ?,
              response_time_ms = ?, next_step = ?
            WHERE notification_id = ? AND attempt = ?""");
    byMessage =
        connection.prepareStatement(
            "SELECT notification_id, attempt FROM provider_requests"
                + " WHERE provider_message_id = ? AND provider = ?"
                + " ORDER BY notification_id DESC, attempt DESC LIMIT 1");
    latestAt =
        connection.prepareStatement(
            "SELECT attempt FROM provider_requests WHERE notification_id = ? AND provider = ?"
                + " ORDER BY attempt DESC LIMIT 1");
    laterMayArrive =
        connection.prepareStatement(
            "SELECT 1 FROM provider_requests WHERE notification_id = ? AND attempt > ?"
                + " AND (outcome IS NULL OR outcome = "
                + OutcomeKind.SENT.code()
                + " OR outcome = "
                + OutcomeKind.UNKNOWN.code()
                + ") LIMIT 1");
    receipt =
        connection.prepareStatement(
            "UPDATE provider_requests SET receipt_status = ? WHERE notification_id = ?"
                + " AND attempt = ?");
    messageId =
        connection.prepareStatement(
            "UPDATE provider_requests SET provider_message_id = ? WHERE notification_id = ?"
                + " AND attempt = ?");
    underWay =
        connection.prepareStatement(
            "SELECT notification_id, attempt FROM provider_requests WHERE outcome IS NULL");
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
    insert.setInt(9, start.possibleDuplicate() ? 1 : 0);
    Columns.bind(insert, 10, rankingId);
    insert.setString(11, start.decision().rule());
    Columns.bind(insert, 12, ExcludedText.write(start.decision().excluded()));
    insert.setLong(13, start.startedAtMillis());
    insert.setLong(14, start.deadlineAtMillis());
    insert.executeUpdate();
  }

  @Nullable AttemptRow find(long key, int number) throws SQLException {
    find.setLong(1, key);
    find.setInt(2, number);
    try (ResultSet row = find.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      return new AttemptRow(
          row.getString(1),
          Columns.outcome(row, 2),
          ReceiptStatus.ofCode(row.getInt(3)),
          Channel.ofCode(row.getInt(4)),
          Columns.text(row, 5));
    }
  }

  /** Records how an attempt ended and, in words, what followed. */
  void end(Settlement settlement, String followed) throws SQLException {
    Outcome outcome = settlement.outcome();
    bindEvidence(outcome.kind(), outcome.evidence());
    Columns.bind(end, 7, outcome instanceof Outcome.Sent sent ? sent.providerMessageId() : null);
    end.setLong(8, settlement.endedAtMillis());
    end.setLong(9, settlement.tookMillis());
    end.setString(10, followed);
    end.setLong(11, settlement.attempt().notification().key());
    end.setInt(12, settlement.attempt().number());
    end.executeUpdate();
  }

  /** Records that an attempt was under way when the gateway stopped: nobody knows its outcome. */
  void breakOff(long key, int number, long nowMillis) throws SQLException {
    bindEvidence(
        OutcomeKind.UNKNOWN,
        Evidence.unanswered(
            Progress.HEADERS_WRITTEN, NODE_STOPPED, "the gateway stopped while it was under way"));
    Columns.bind(end, 7, (String) null);
    end.setLong(8, nowMillis);
    end.setLong(9, 0);
    end.setString(10, "wait: " + NODE_STOPPED);
    end.setLong(11, key);
    end.setInt(12, number);
    end.executeUpdate();
  }

  private void bindEvidence(OutcomeKind kind, Evidence evidence) throws SQLException {
    end.setInt(1, kind.code());
    end.setInt(2, kind == OutcomeKind.SENT ? 1 : 0);
    end.setString(3, PROGRESS.get(evidence.progress()));
    end.setInt(4, evidence.httpStatus());
    Columns.bind(end, 5, evidence.code());
    Columns.bind(end, 6, evidence.message());
  }

  /** The attempt that a provider's message id speaks of; null if none is known. */
  @Nullable AttemptKey byMessage(String provider, String providerMessageId) throws SQLException {
    byMessage.setString(1, providerMessageId);
    byMessage.setString(2, provider);
    try (ResultSet row = byMessage.executeQuery()) {
      return row.next() ? new AttemptKey(row.getLong(1), row.getInt(2)) : null;
    }
  }

  /** The number of the latest attempt of a notification at a provider. */
  OptionalInt latestAt(long key, String provider) throws SQLException {
    latestAt.setLong(1, key);
    latestAt.setString(2, provider);
    try (ResultSet row = latestAt.executeQuery()) {
      return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
    }
  }

  /** Whether an attempt after this one is under way, was sent, or is unknown. */
  boolean laterMayArrive(long key, int number) throws SQLException {
    laterMayArrive.setLong(1, key);
    laterMayArrive.setInt(2, number);
    try (ResultSet row = laterMayArrive.executeQuery()) {
      return row.next();
    }
  }

  void bestReceipt(AttemptId attempt, ReceiptStatus status) throws SQLException {
    receipt.setInt(1, status.code());
    receipt.setLong(2, attempt.notification().key());
    receipt.setInt(3, attempt.number());
    receipt.executeUpdate();
  }

  void learnMessageId(AttemptId attempt, String providerMessageId) throws SQLException {
    messageId.setString(1, providerMessageId);
    messageId.setLong(2, attempt.notification().key());
    messageId.setInt(3, attempt.number());
    messageId.executeUpdate();
  }

  /** All attempts without an end; as many as were in flight. */
  List<AttemptKey> underWay() throws SQLException {
    List<AttemptKey> keys = new ArrayList<>();
    try (ResultSet row = underWay.executeQuery()) {
      while (row.next()) {
        keys.add(new AttemptKey(row.getLong(1), row.getInt(2)));
      }
    }
    return keys;
  }

  /** An attempt by its notification's key. */
  record AttemptKey(long notification, int number) {}
}
