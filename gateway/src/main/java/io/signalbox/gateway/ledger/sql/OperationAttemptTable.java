package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code provider_requests} for what may do an operation. */
final class OperationAttemptTable {
  private final SqlConnection connection;
  private final SqlStatement insert;
  private final SqlStatement end;

  OperationAttemptTable(SqlConnection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepare(
            """
            INSERT INTO provider_requests (notification_id, attempt, tenant, provider,
              request_type, channel, round, generation, possible_duplicate, rule, created_at,
              deadline_at, confirmation, service, country, node)
            VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)""");
    end =
        connection.prepare(
            """
            UPDATE provider_requests SET outcome = ?, success = ?, http_status = ?, code = ?,
              error_message = ?, ended_at = ?, response_time_ms = ?, next_step = ?, rental_id = ?
            WHERE notification_id = ? AND attempt = ?""");
  }

  /** One begins. */
  void insert(Operation operation, OperationAttempt attempt) throws SQLException {
    insert.setLong(1, operation.id().key());
    insert.setInt(2, attempt.number());
    insert.setString(3, operation.tenant());
    insert.setString(4, attempt.provider());
    insert.setString(5, operation.kind() == Channel.NUMBER ? "rent" : "book");
    insert.setInt(6, operation.kind().code());
    insert.setInt(7, attempt.round());
    insert.setFlag(8, false);
    insert.setString(9, attempt.decision().getString("rule"));
    insert.setTime(10, attempt.startedAtMillis());
    insert.setTime(11, attempt.deadlineAtMillis());
    insert.setFlag(12, false);
    insert.setString(13, operation.service());
    Columns.bind(insert, 14, operation.country());
    insert.setInt(15, connection.node());
    insert.executeOn(operation.id().key());
  }

  /** The newest one has ended, or is known better. */
  void end(Operation operation, OperationAttempt attempt, End how) throws SQLException {
    OperationResult result = operation.result();
    end.setInt(1, outcome(how.how()).code());
    end.setFlag(2, isDone(how.how()));
    end.setInt(3, how.httpStatus());
    Columns.bind(end, 4, how.how() == How.NOT_FOUND ? how.how().wireName() : how.code());
    Columns.bind(end, 5, how.message());
    end.setTime(6, how.atMillis());
    end.setLong(7, Math.max(0, how.atMillis() - attempt.startedAtMillis()));
    end.setString(8, operation.state().wireName());
    Columns.bind(end, 9, result == null ? null : result.providerId());
    end.setLong(10, operation.id().key());
    end.setInt(11, attempt.number());
    end.executeOn(operation.id().key());
  }

  /** What was taken for not done is no failure of the provider that is known of. */
  private static OutcomeKind outcome(How how) {
    return switch (how) {
      case DONE, FOUND -> OutcomeKind.SENT;
      case UNSERVED, REJECTED, TAKEN -> OutcomeKind.REJECTED;
      case TRANSIENT -> OutcomeKind.TRANSIENT;
      case THROTTLED -> OutcomeKind.THROTTLED;
      case PROVIDER_FAULT -> OutcomeKind.PROVIDER_FAULT;
      case UNKNOWN, NOT_FOUND -> OutcomeKind.UNKNOWN;
    };
  }

  private static boolean isDone(How how) {
    return how == How.DONE || how == How.FOUND;
  }

  /** The end of an attempt that a change brings; null if it brings none. */
  static @Nullable End brought(Operation before, Operation after) {
    End then = end(before, after.progress().made());
    End now = end(after, after.progress().made());
    return now != null && !now.equals(then) ? now : null;
  }

  private static @Nullable End end(Operation operation, int number) {
    return number == 0 || operation.progress().made() != number
        ? null
        : operation.progress().newest().end();
  }
}
