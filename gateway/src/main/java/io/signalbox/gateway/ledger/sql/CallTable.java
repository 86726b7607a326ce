package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallEnd;
import io.signalbox.gateway.ledger.CallStart;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.OutcomeKind;
import java.sql.SQLException;
import java.util.Locale;

/**
 * The writer's statements on {@code provider_requests} for calls of operations other than those
 * that may do one.
 */
final class CallTable {
  /** The rule of calls whose provider has what they are about: there is no choice. */
  private static final String NO_CHOICE = "has_it";

  private final SqlConnection connection;
  private final SqlStatement insert;
  private final SqlStatement end;

  CallTable(SqlConnection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepare(
            """
            INSERT INTO provider_requests (notification_id, attempt, tenant, provider,
              request_type, channel, round, generation, possible_duplicate, rule, created_at,
              deadline_at, node, service, country, rental_id)
            VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
    end =
        connection.prepare(
            """
            UPDATE provider_requests SET outcome = ?, success = ?, progress = ?, http_status = ?,
              code = ?, error_message = ?, ended_at = ?, response_time_ms = ?,
              rental_id = COALESCE(?, rental_id)
            WHERE notification_id = ? AND attempt = ? AND outcome IS NULL""");
  }

  /** Records that a call begins. */
  void begin(CallStart start) throws SQLException {
    insert.setLong(1, start.attempt().notification().key());
    insert.setInt(2, start.attempt().number());
    insert.setString(3, start.tenant());
    insert.setString(4, start.provider());
    insert.setString(5, start.type().wireName());
    insert.setInt(6, start.channel().code());
    insert.setLong(7, start.generation());
    insert.setFlag(8, false);
    insert.setString(9, NO_CHOICE);
    insert.setTime(10, start.startedAtMillis());
    insert.setTime(11, start.deadlineAtMillis());
    insert.setInt(12, connection.node());
    Columns.bind(insert, 13, start.service());
    Columns.bind(insert, 14, start.country());
    Columns.bind(insert, 15, start.rentalId());
    insert.executeOn(start.attempt().notification().key());
  }

  /** Records how a call ended, unless that is known already. */
  void end(CallEnd how) throws SQLException {
    Evidence evidence = how.evidence();
    boolean done = how.outcome() == OutcomeKind.SENT;
    end.setInt(1, how.outcome().code());
    end.setFlag(2, done);
    end.setString(3, evidence.progress().name().toLowerCase(Locale.ROOT));
    end.setInt(4, evidence.httpStatus());
    Columns.bind(end, 5, how.code());
    Columns.bind(end, 6, done ? null : evidence.message());
    end.setTime(7, how.endedAtMillis());
    end.setLong(8, how.tookMillis());
    Columns.bind(end, 9, how.rentalId());
    end.setLong(10, how.attempt().notification().key());
    end.setInt(11, how.attempt().number());
    end.executeOn(how.attempt().notification().key());
  }
}
