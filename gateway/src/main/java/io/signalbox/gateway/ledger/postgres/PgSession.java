package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.sql.SqlConnection;
import io.signalbox.gateway.ledger.sql.SqlStatement;
import io.signalbox.gateway.ledger.sql.SqlTopic;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in transactions, or in statements that are each one of its own. It has a
 * connection of the pool only from the first statement to the commit. Changes whose answers nobody
 * needs are gathered, brought together into statements of many rows, and sent without waiting for
 * each other; the next answer, or the commit, tells whether they failed.
 */
final class PgSession implements SqlConnection {
  private static final String READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  private static final String WRITE = "BEGIN";

  private static final int NO_NODE = -1;

  private final PgPool pool;
  private final @Nullable String begin;
  private final PgDeferred deferred = new PgDeferred();
  private final PgSent sent = new PgSent();
  private final PgMembership nodes;
  private final PgPlanning planning = new PgPlanning();
  private int node = NO_NODE;
  private Map<String, Long> revisions = Map.of();
  private @Nullable PgBeginning beginning;
  private boolean mayBeCommitted;
  private @Nullable PgLink link;

  private PgSession(PgPool pool, @Nullable String begin, PgMembership nodes) {
    this.pool = pool;
    this.begin = begin;
    this.nodes = nodes;
  }

  /** A conversation that reads, in each transaction all as of one moment. */
  static PgSession reading(PgPool pool, PgMembership nodes) {
    return new PgSession(pool, READ, nodes);
  }

  /** A conversation that writes, while this process is one of the nodes. */
  static PgSession writing(PgPool pool, PgMembership nodes) {
    return new PgSession(pool, WRITE, nodes);
  }

  /** A conversation whose statements are durable each by itself; nobody waits for a row of it. */
  static PgSession aside(PgPool pool, PgMembership nodes) {
    return new PgSession(pool, null, nodes);
  }

  @Override
  public SqlStatement prepare(String sql) {
    return new PgStatement(this, PgText.of(sql));
  }

  @Override
  public boolean readsAhead() {
    return true;
  }

  @Override
  public String millis(String column) {
    return "(extract(epoch FROM " + column + ") * 1000)::bigint";
  }

  @Override
  public String forUpdate() {
    return " FOR UPDATE";
  }

  /** The connection of the transaction that runs; begins one if none does. */
  PgLink open() throws SQLException {
    PgLink current = link;
    if (current == null) {
      current = pool.acquire();
      link = current;
      if (begin != null) {
        sent.add(current.connection().query(begin).execute());
        planning.begin();
      }
    }
    return current;
  }

  @Override
  public void begin() throws SQLException {
    if (link != null) {
      abandon();
    }
    revisions = Map.of();
    beginning = PgBeginning.ask(this, nodes.seat());
  }

  @Override
  public void awaitBegin() throws SQLException {
    PgBeginning begun = beginning;
    beginning = null;
    if (begun == null) {
      throw new IllegalStateException("no transaction was begun");
    }
    revisions = begun.take(this, nodes);
    node = begun.mine().number();
  }

  @Override
  public int node() {
    return READ.equals(begin) ? nodes.share().node() : node;
  }

  @Override
  public long revision(SqlTopic topic) {
    return revisions.getOrDefault(topic.name(), 0L);
  }

  @Override
  public void touch(SqlTopic topic) throws SQLException {
    // At once, in its turn: whoever changes a topic holds its row from here to the commit.
    tell(
        "UPDATE ledger_revisions SET revision = revision + 1 WHERE topic = $1",
        Tuple.of(topic.name()));
  }

  @Override
  public void probe() {
    // The begin has locked a row, which no server does that only reads.
  }

  /** Gathers a change; with a key if it is one of the rows of that alone. */
  void defer(PgText text, @Nullable Object[] values, PgKinds kinds, @Nullable Long key)
      throws SQLException {
    open();
    if (deferred.add(text, values, kinds, key)) {
      sendDeferred();
    }
  }

  /**
   * Sends a statement behind all that was gathered before; whoever waits next hears if it fails.
   */
  Future<RowSet<Row>> tell(String sql, Tuple values) throws SQLException {
    return send(sql, values, false);
  }

  /**
   * Sends a statement behind all that was gathered before, and does not wait.
   *
   * @param byKeys whether it names its rows by their keys
   * @return its answer, to be {@link #await}ed
   */
  Future<RowSet<Row>> send(String sql, Tuple values, boolean byKeys) throws SQLException {
    sendDeferred();
    plan(byKeys);
    Future<RowSet<Row>> answer = open().connection().preparedQuery(sql).execute(values);
    sent.add(answer);
    return answer;
  }

  private void plan(boolean byKeys) throws SQLException {
    PgLink current = open();
    // What stands alone has no transaction that it could be told for.
    String before = begin == null ? null : planning.before(byKeys);
    if (before != null) {
      sent.add(current.connection().query(before).execute());
    }
  }

  private void sendDeferred() throws SQLException {
    if (!deferred.isEmpty()) {
      plan(deferred.isByKeys());
      deferred.send(open().connection(), sent);
    }
  }

  /** Waits for an answer; what was sent before it is answered then too. */
  <T> T await(Future<T> answer) throws SQLException {
    PgLink current = open();
    try {
      T result = current.await(answer);
      sent.check(current);
      return result;
    } catch (SQLException e) {
      // If something before it failed, that is why.
      sent.check(current);
      throw e;
    }
  }

  /** Rows some at a time. */
  PgRows stream(String sql, Tuple values) throws SQLException {
    sendDeferred();
    plan(false);
    return new PgRows(PgCursor.open(this, sql, values));
  }

  @Override
  public boolean isUndisturbed() {
    return false;
  }

  @Override
  public void send() throws SQLException {
    sendDeferred();
  }

  @Override
  public void flush() throws SQLException {
    sendDeferred();
    if (!sent.isEmpty()) {
      await(sent.last());
    }
  }

  @Override
  public void commit() throws SQLException {
    mayBeCommitted = false;
    if (begin == null) {
      flush();
    } else {
      sendDeferred();
      commit(open());
    }
    giveBack();
  }

  /** Does not wait for answers before: if the server has refused any of it, it takes all back. */
  private void commit(PgLink current) throws SQLException {
    Future<?> committed = current.connection().query("COMMIT").execute();
    mayBeCommitted = true;
    try {
      current.await(committed);
    } catch (SQLException e) {
      mayBeCommitted = !sent.isRefused();
      sent.check(current);
      throw e;
    }
    mayBeCommitted = !sent.isDone() && !sent.isRefused();
    if (mayBeCommitted) {
      // What the client itself refuses never comes to the server, which commits all the rest.
      throw sent.incomplete(current);
    }
    sent.check(current);
  }

  @Override
  public boolean mayBeCommitted() {
    return mayBeCommitted;
  }

  @Override
  public void rollback() throws SQLException {
    PgLink current = link;
    if (current == null) {
      return;
    }
    try {
      current.run("ROLLBACK");
    } finally {
      giveBack();
    }
  }

  @Override
  public void mark() throws SQLException {
    sendDeferred();
    // As it is after an undo, too.
    plan(false);
    sent.add(open().connection().query("SAVEPOINT change").execute());
  }

  @Override
  public void keep() throws SQLException {
    flush();
    await(open().connection().query("RELEASE SAVEPOINT change").execute());
  }

  @Override
  public void undo() throws SQLException {
    deferred.clear();
    sent.clear();
    PgLink current = open();
    current.run("ROLLBACK TO SAVEPOINT change");
    current.run("RELEASE SAVEPOINT change");
  }

  @Override
  public void close() {
    if (link != null) {
      abandon();
    }
  }

  /** Gives up the transaction, with its connection: nobody knows what state that is in. */
  private void abandon() {
    PgLink current = link;
    if (current != null) {
      current.lose();
    }
    giveBack();
  }

  private void giveBack() {
    PgLink current = link;
    link = null;
    deferred.clear();
    sent.clear();
    if (current != null) {
      pool.release(current);
    }
  }
}
