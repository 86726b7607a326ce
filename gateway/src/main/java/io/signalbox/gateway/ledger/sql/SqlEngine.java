package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.failure.DatabaseErrorKind;
import io.signalbox.gateway.ledger.Leases;
import io.signalbox.gateway.ledger.Node;
import io.signalbox.gateway.ledger.Nodes;
import io.signalbox.gateway.ledger.PoolStats;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that speaks SQL. All calls may block; they come from the ledger's own threads. */
public interface SqlEngine {

  /** Who shares the store. */
  Nodes nodes();

  /** Who does what one node does for all. */
  Leases leases();

  /** The nodes that are known to be dead and whose work nobody has taken over yet. */
  List<Node> dead();

  /**
   * Has a bell rung, again and again, while there are any.
   *
   * @param bell called on any thread; must not block
   */
  void onDeath(Runnable bell);

  /** Its connections, if it keeps them itself; empty if each reader just has one. */
  default Optional<PoolStats> connections() {
    return Optional.empty();
  }

  /** The connection that changes things; there is one at a time. */
  SqlConnection writer() throws SQLException;

  /** A connection that reads what is committed. */
  SqlConnection reader() throws SQLException;

  /**
   * Makes connections for what stands alone: each statement is durable by itself, and the commit
   * only tells that it is over. Empty where nobody but the writer may change something.
   */
  default Optional<Supplier<SqlConnection>> aside() {
    return Optional.empty();
  }

  /** The SQLSTATE of a failure, also where the store has codes of its own; null if it has none. */
  default @Nullable String sqlState(SQLException failure) {
    return failure.getSQLState();
  }

  /**
   * Whether a failure is the fault of the one change that met it, such as a constraint or a value
   * too big. All else is the store's: then nothing of the batch is stored.
   */
  default boolean isFaultOfOneChange(SQLException failure) {
    return DatabaseErrorKind.ofState(sqlState(failure)) == DatabaseErrorKind.CONSTRAINT;
  }

  /**
   * Whether a change failed because another node has just stored the same key: done again, it finds
   * what that has stored.
   */
  boolean isCollision(SQLException failure);

  /** Whether the store works, but takes nothing from this node, which was taken for dead. */
  default boolean isFenced(SQLException failure) {
    return false;
  }

  /** Whether a read, or a transaction before its commit, may succeed if it is done again. */
  boolean mayPass(SQLException failure);

  /** Runs a transaction of the writer, at a time when the engine has no need to be alone. */
  boolean undisturbed(BooleanSupplier transaction);

  /** Tells of a commit; called by the writer's thread. */
  void committed(int changes);

  /** Takes what was removed or overwritten out of the store's files, soon, as far as it can. */
  default void scrub() {
    // Most stores do that in a time of their own.
  }

  /**
   * Has a bell rung when anybody has changed preferences, if the store can tell.
   *
   * @param bell called on any thread; must not block
   */
  void onPreferences(Runnable bell);

  /**
   * Has a bell rung when anybody has changed templates, if the store can tell.
   *
   * @param bell called on any thread; must not block
   */
  void onTemplates(Runnable bell);

  /** What the store does for old notifications by itself. */
  SqlPast past();

  /** Ends the engine, after the last commit and the last read; never fails. */
  void close();
}
