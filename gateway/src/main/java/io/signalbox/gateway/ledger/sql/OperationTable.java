package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationJson;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.model.PastAttempt;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writer's statements on {@code operations}. */
final class OperationTable {
  /** How far the clocks of two nodes may be apart. */
  private static final long CLOCKS_APART_MILLIS = 30_000;

  private final SqlConnection connection;
  private final Seal seal;
  private final OperationReader reader;
  private final ClaimTable claims;
  private final WatchTable watches;
  private final OperationAttemptTable attempts;
  private final SqlStatement insert;
  private final SqlStatement lock;
  private final SqlStatement update;
  private final SqlStatement begun;
  private final SqlStatement resume;
  private final SqlStatement move;
  private final SqlStatement mayBeMaking;
  private final SqlStatement dueLater;
  private final SqlStatement followLater;

  OperationTable(SqlConnection connection, Seal seal) throws SQLException {
    this.connection = connection;
    this.seal = seal;
    reader = new OperationReader(connection, seal, connection.forUpdate());
    claims = new ClaimTable(connection);
    watches = new WatchTable(connection);
    attempts = new OperationAttemptTable(connection);
    insert =
        connection.prepare(
            """
            INSERT INTO operations (id, random, tenant, kind, service, country, state, version,
              node, retry_count, attempts, look_ups, not_found, due_at, created_at, updated_at,
              patient_until, idempotency_key, digest, traceparent, content)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?)""");
    lock =
        connection.prepare(
            "SELECT version, updated_at FROM operations WHERE id = ?" + connection.forUpdate());
    update =
        connection.prepare(
            """
            UPDATE operations SET state = ?, version = ?, retry_count = ?, attempts = ?,
              look_ups = ?, not_found = ?, provider = ?, provider_id = ?, attempted_at = ?,
              due_at = ?, follow_at = ?, updated_at = ?, ended_at = ?, problem = ?,
              problem_detail = ?, retry_after_ms = ?, content = ?,
              idempotency_key = CASE WHEN ? THEN NULL ELSE idempotency_key END
            WHERE id = ?""");
    begun =
        connection.prepare(
            "UPDATE operations SET resilience_strategy = ?, circuit_breaker_open_at = ?"
                + " WHERE id = ?");
    resume =
        connection.prepare(
            "UPDATE operations SET due_at = ? WHERE node = ? AND state = "
                + OperationState.TRYING.code());
    move = connection.prepare("UPDATE operations SET node = ? WHERE node = ?");
    dueLater = connection.prepare("UPDATE operations SET due_at = ? WHERE id = ? AND due_at < ?");
    followLater =
        connection.prepare("UPDATE operations SET follow_at = ? WHERE id = ? AND follow_at < ?");
    mayBeMaking =
        connection.prepare(
            "SELECT 1 FROM operations WHERE provider = ? AND state IN ("
                + OperationState.TRYING.code()
                + ", "
                + OperationState.UNSETTLED.code()
                + ") AND attempted_at <= ? LIMIT 1");
  }

  OperationReader reader() {
    return reader;
  }

  ClaimTable claims() {
    return claims;
  }

  WatchTable watches() {
    return watches;
  }

  OperationAttemptTable attempts() {
    return attempts;
  }

  /** Stores a new one. */
  void insert(Operation operation, @Nullable String key, String digest) throws SQLException {
    OperationProgress now = operation.progress();
    insert.setLong(1, operation.id().key());
    insert.setLong(2, operation.id().random());
    insert.setString(3, operation.tenant());
    insert.setInt(4, operation.kind().code());
    insert.setString(5, operation.service());
    Columns.bind(insert, 6, operation.country());
    insert.setInt(7, now.state().code());
    insert.setLong(8, operation.version());
    insert.setInt(9, connection.node());
    insert.setTime(10, now.dueAtMillis());
    insert.setTime(11, operation.createdAtMillis());
    insert.setTime(12, now.updatedAtMillis());
    time(insert, 13, operation.patientUntilMillis());
    Columns.bind(insert, 14, key);
    insert.setString(15, digest);
    insert.setString(16, operation.trace().traceparent());
    insert.setBytes(17, sealed(operation));
    // At once: of two with the same key the second must meet the first.
    insert.update();
    insert.clearParameters();
  }

  /** Looks at what cannot be read later. */
  void putOff(List<Long> keys, long untilMillis) throws SQLException {
    for (SqlStatement statement : List.of(dueLater, followLater)) {
      for (long key : keys) {
        statement.setTime(1, untilMillis);
        statement.setLong(2, key);
        statement.setTime(3, untilMillis);
        statement.execute();
      }
    }
  }

  /** The version that is stored, held until the commit; null if there is none. */
  @Nullable Stand lock(long key) throws SQLException {
    lock.setLong(1, key);
    try (SqlRows row = lock.query()) {
      return row.next() ? new Stand(row.getLong(1), row.getLong(2)) : null;
    }
  }

  /**
   * Stores how one stands.
   *
   * @param releasesKey whether its idempotency key may be used again
   */
  void update(Operation operation, boolean releasesKey) throws SQLException {
    OperationProgress now = operation.progress();
    OperationResult result = now.result();
    OperationProblem problem = now.problem();
    OperationAttempt newest = now.attempts().isEmpty() ? null : now.newest();
    update.setInt(1, now.state().code());
    update.setLong(2, operation.version());
    update.setInt(3, now.round());
    update.setInt(4, now.made());
    update.setInt(5, now.lookUps());
    update.setInt(6, now.notFound());
    String provider = newest == null ? null : newest.provider();
    Columns.bind(update, 7, result == null ? provider : result.provider());
    Columns.bind(update, 8, result == null ? null : result.providerId());
    time(update, 9, newest == null ? 0 : newest.startedAtMillis());
    time(update, 10, now.dueAtMillis());
    time(update, 11, result == null ? 0 : result.followAtMillis());
    update.setTime(12, now.updatedAtMillis());
    time(update, 13, now.endedAtMillis());
    Columns.bind(update, 14, problem == null ? null : problem.kind().wireName());
    Columns.bind(update, 15, problem == null ? null : problem.detail());
    update.setLong(16, problem == null ? 0 : problem.retryAfterMillis());
    update.setBytes(17, sealed(operation));
    update.setFlag(18, releasesKey);
    update.setLong(19, operation.id().key());
    update.executeOn(operation.id().key());
    update.clearParameters();
  }

  /** Notes by which rule a provider was chosen, and whether a breaker had a say in it. */
  void begun(Operation operation, OperationAttempt attempt) throws SQLException {
    JsonObject decision = attempt.decision();
    begun.setString(1, decision.getString("rule"));
    boolean open =
        decision.getJsonArray("candidates").stream()
            .anyMatch(
                one -> PastAttempt.BREAKER_OPEN.equals(((JsonObject) one).getString("excluded")));
    time(begun, 2, open ? attempt.startedAtMillis() : 0);
    begun.setLong(3, operation.id().key());
    begun.executeOn(operation.id().key());
  }

  /** Makes what a node was trying due, and all that it had this node's. */
  void takeOver(int node, long nowMillis) throws SQLException {
    resume.setTime(1, nowMillis);
    resume.setInt(2, node);
    resume.execute();
    if (node != connection.node()) {
      move.setInt(1, connection.node());
      move.setInt(2, node);
      move.execute();
      claims.move(node);
      watches.move(node);
    }
  }

  /**
   * Whether an attempt at a provider is open that may have begun by a time of this node's clock.
   */
  boolean mayBeMaking(String provider, long byMillis) throws SQLException {
    mayBeMaking.setString(1, provider);
    mayBeMaking.setTime(2, byMillis + CLOCKS_APART_MILLIS);
    try (SqlRows row = mayBeMaking.query()) {
      return row.next();
    }
  }

  private byte[] sealed(Operation operation) {
    return seal.seal(
        OperationJson.write(operation),
        OperationReader.about(operation.tenant(), operation.id().key()));
  }

  private static void time(SqlStatement statement, int index, long millis) throws SQLException {
    Columns.time(statement, index, millis == 0 ? null : (Long) millis);
  }

  /** Where one stands. */
  record Stand(long version, long updatedAtMillis) {}
}
