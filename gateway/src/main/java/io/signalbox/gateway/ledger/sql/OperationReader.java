package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationJson;
import io.signalbox.gateway.ledger.OperationLedger.OpenOperations;
import io.signalbox.gateway.ledger.OperationProblem;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.spi.Channel;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code operations}. */
final class OperationReader {
  private static final Logger LOG = LoggerFactory.getLogger(OperationReader.class);

  /** What {@link #read(SqlRows)} reads. */
  static final String COLUMNS =
      "SELECT o.id, o.random, o.tenant, o.kind, o.service, o.country, o.content, o.created_at,"
          + " o.patient_until, o.traceparent, o.version, o.state, o.retry_count, o.look_ups,"
          + " o.not_found, o.due_at, o.updated_at, o.ended_at, o.provider, o.provider_id,"
          + " o.follow_at, o.problem, o.problem_detail, o.retry_after_ms FROM operations o ";

  private final SqlConnection connection;
  private final Seal seal;
  private final SqlStatement one;
  private final SqlStatement due;
  private final SqlStatement toFollow;
  private final SqlStatement claimant;
  private final SqlStatement open;
  private final SqlStatement ended;
  private final boolean manyAtOnce;
  private final OperationKeyReader keys;

  /**
   * Prepares it.
   *
   * @param lock what is put behind the search for a key, see {@link SqlConnection#forUpdate}
   */
  OperationReader(SqlConnection connection, Seal seal, String lock) throws SQLException {
    this.connection = connection;
    this.seal = seal;
    keys = new OperationKeyReader(connection, lock);
    manyAtOnce = connection.readsAhead();
    ended =
        connection.prepare(
            COLUMNS
                + "WHERE o.state > "
                + OperationState.UNSETTLED.code()
                + (manyAtOnce ? " AND o.id = ANY(?)" : " AND o.id = ?"));
    one = connection.prepare(COLUMNS + "WHERE o.id = ?");
    due =
        connection.prepare(
            COLUMNS + "WHERE o.node = ? AND o.due_at <= ? ORDER BY o.due_at LIMIT ?");
    toFollow =
        connection.prepare(
            COLUMNS
                + "WHERE o.id IN (SELECT id FROM (SELECT id, row_number() OVER"
                + " (PARTITION BY provider ORDER BY follow_at) AS turn FROM operations"
                + " WHERE node = ? AND kind = ? AND follow_at <= ?) AS turns WHERE turn <= ?)"
                + " ORDER BY o.follow_at LIMIT ?");
    claimant =
        connection.prepare(
            COLUMNS
                + "JOIN operation_claims c ON c.operation_id = o.id"
                + " WHERE c.provider = ? AND c.provider_id = ? AND c.state = "
                + ClaimTable.HELD);
    open =
        connection.prepare(
            "SELECT kind, state, count(*), min(updated_at) FROM operations"
                + " WHERE node = ? AND due_at IS NOT NULL GROUP BY kind, state");
  }

  /** What the content of an operation belongs to. */
  static String about(String tenant, long key) {
    return "operation:" + key + ":" + tenant;
  }

  /** An operation; null if there is none, or its content was erased or cannot be opened. */
  @Nullable Operation find(long key) throws SQLException {
    one.setLong(1, key);
    List<Operation> found = read(one);
    return found.isEmpty() ? null : found.get(0);
  }

  /** What idempotency keys were used for. */
  OperationKeyReader keys() {
    return keys;
  }

  /** Those of some that have had their end; what cannot be read is left out. */
  List<Operation> ended(Set<NotificationId> ids) throws SQLException {
    List<Long> all = ids.stream().map(NotificationId::key).toList();
    if (manyAtOnce) {
      ended.setLongs(1, all);
      return read(ended);
    }
    List<Operation> found = new ArrayList<>();
    for (long one : all) {
      ended.setLong(1, one);
      found.addAll(read(ended));
    }
    return found;
  }

  Rows due(long nowMillis, int limit) throws SQLException {
    due.setInt(1, connection.node());
    due.setTime(2, nowMillis);
    due.setInt(3, limit);
    return rows(due);
  }

  Rows toFollow(Channel kind, long nowMillis, int limit, int mostAtOneProvider)
      throws SQLException {
    toFollow.setInt(1, connection.node());
    toFollow.setInt(2, kind.code());
    toFollow.setTime(3, nowMillis);
    toFollow.setInt(4, mostAtOneProvider);
    toFollow.setInt(5, limit);
    return rows(toFollow);
  }

  @Nullable Operation claimant(String provider, String providerId) throws SQLException {
    claimant.setString(1, provider);
    claimant.setString(2, providerId);
    List<Operation> found = read(claimant);
    return found.isEmpty() ? null : found.get(0);
  }

  List<OpenOperations> open() throws SQLException {
    open.setInt(1, connection.node());
    List<OpenOperations> found = new ArrayList<>();
    try (SqlRows row = open.query()) {
      while (row.next()) {
        found.add(
            new OpenOperations(
                Channel.ofCode(row.getInt(1)),
                OperationState.ofCode(row.getInt(2)),
                row.getLong(3),
                row.getLong(4)));
      }
    }
    return found;
  }

  private List<Operation> read(SqlStatement statement) throws SQLException {
    return rows(statement).found();
  }

  private Rows rows(SqlStatement statement) throws SQLException {
    List<Operation> found = new ArrayList<>();
    List<Long> lost = new ArrayList<>();
    try (SqlRows row = statement.query()) {
      while (row.next()) {
        Operation operation = read(row);
        if (operation != null) {
          found.add(operation);
        } else {
          lost.add(row.getLong(1));
        }
      }
    }
    return new Rows(found, lost);
  }

  /**
   * Some rows.
   *
   * @param found what could be read
   * @param lost the keys of the others: erased, sealed by a key that is not there, or damaged
   */
  record Rows(List<Operation> found, List<Long> lost) {}

  /** Reads a row of {@link #COLUMNS}; null if its content was erased or cannot be read. */
  @Nullable Operation read(SqlRows row) throws SQLException {
    byte[] stored = row.getBytes(7);
    if (stored.length == 0) {
      return null;
    }
    NotificationId id = new NotificationId(row.getLong(1), row.getLong(2));
    try {
      return read(row, id, stored);
    } catch (RuntimeException e) {
      // One damaged row must not keep the others from being read. It may hold personal data.
      LOG.warn("operation {} cannot be read: {}", id, why(e));
      return null;
    }
  }

  private static @Nullable String why(RuntimeException failure) {
    return failure instanceof SealedException ? failure.getMessage() : failure.getClass().getName();
  }

  private Operation read(SqlRows row, NotificationId id, byte[] stored) throws SQLException {
    String tenant = row.getString(3);
    OperationJson.Content content = OperationJson.read(seal.open(stored, about(tenant, id.key())));
    return new Operation(
        id,
        tenant,
        Channel.ofCode(row.getInt(4)),
        row.getString(5),
        Columns.text(row, 6),
        content.request(),
        row.getLong(8),
        row.getLong(9),
        Columns.trace(row, 10, id),
        row.getLong(11),
        new OperationProgress(
            OperationState.ofCode(row.getInt(12)),
            row.getInt(13),
            content.attempts(),
            row.getInt(14),
            row.getInt(15),
            row.getLong(16),
            row.getLong(17),
            row.getLong(18),
            result(row, content),
            problem(row)));
  }

  private static @Nullable OperationResult result(SqlRows row, OperationJson.Content content)
      throws SQLException {
    String providerId = Columns.text(row, 20);
    return content.result() == null || providerId == null
        ? null
        : new OperationResult(row.getString(19), providerId, content.result(), row.getLong(21));
  }

  private static @Nullable OperationProblem problem(SqlRows row) throws SQLException {
    String kind = Columns.text(row, 22);
    return kind == null
        ? null
        : new OperationProblem(
            OperationProblem.Kind.find(kind).orElseThrow(), row.getString(23), row.getLong(24));
  }
}
