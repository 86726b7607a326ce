package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.sql.SqlAnswer;
import io.signalbox.gateway.ledger.sql.SqlRows;
import io.signalbox.gateway.ledger.sql.SqlStatement;
import io.signalbox.gateway.ledger.sql.SqlType;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A statement; the client keeps it prepared on each connection that has run it. */
final class PgStatement implements SqlStatement {
  private final PgSession session;
  private final PgText text;
  private final @Nullable Object[] values;
  private final PgKinds kinds;
  private boolean byKeys;

  PgStatement(PgSession session, PgText text) {
    this.session = session;
    this.text = text;
    this.values = new Object[text.parameters()];
    this.kinds = new PgKinds(text.parameters());
  }

  private void set(int index, PgKind kind, @Nullable Object value) {
    kinds.tell(index - 1, kind);
    values[index - 1] = value;
  }

  /**
   * PostgreSQL refuses U+0000 in a text. What a provider said must be stored all the same, or a
   * message that was sent would be taken for one of which nobody knows.
   */
  private static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  @Override
  public void setInt(int index, int value) {
    set(index, PgKind.INT, value);
  }

  @Override
  public void setLong(int index, long value) {
    set(index, PgKind.LONG, value);
  }

  @Override
  public void setDouble(int index, double value) {
    set(index, PgKind.DOUBLE, value);
  }

  @Override
  public void setString(int index, String value) {
    set(index, PgKind.TEXT, storable(value));
  }

  @Override
  public void setBytes(int index, byte[] value) {
    set(index, PgKind.BYTES, Buffer.buffer(value));
  }

  @Override
  public void setFlag(int index, boolean value) {
    set(index, PgKind.FLAG, value);
  }

  @Override
  public void setTime(int index, long millis) {
    set(index, PgKind.TIME, PgTimes.of(millis));
  }

  @Override
  public void setNull(int index, SqlType type) {
    PgKind kind =
        switch (type) {
          case LONG -> PgKind.LONG;
          case TEXT -> PgKind.TEXT;
          case TIME -> PgKind.TIME;
        };
    set(index, kind, null);
  }

  @Override
  public void setObject(int index, @Nullable Object value) {
    values[index - 1] = value instanceof String text ? storable(text) : value;
  }

  @Override
  public void setLongs(int index, Collection<Long> list) {
    byKeys = true;
    values[index - 1] = list.toArray(Long[]::new);
  }

  @Override
  public void setStrings(int index, Collection<String> list) {
    byKeys = true;
    values[index - 1] = list.stream().map(PgStatement::storable).toArray(String[]::new);
  }

  @Override
  public void throughIndexes() {
    byKeys = true;
  }

  @Override
  public void clearParameters() {
    Arrays.fill(values, null);
  }

  private Tuple tuple() {
    return Tuple.wrap(Arrays.asList(values.clone()));
  }

  @Override
  public SqlRows query() throws SQLException {
    return ask().rows();
  }

  @Override
  public SqlAnswer ask() throws SQLException {
    Future<RowSet<Row>> answer = session.send(text.sql(), tuple(), byKeys);
    return () -> rows(session.await(answer).iterator());
  }

  private static SqlRows rows(RowIterator<Row> rows) {
    return new PgRows(
        new PgRows.Source() {
          @Override
          public @Nullable Row next() {
            return rows.hasNext() ? rows.next() : null;
          }

          @Override
          public void close() {
            // All rows are here.
          }
        });
  }

  @Override
  public SqlRows stream() throws SQLException {
    return session.stream(text.sql(), tuple());
  }

  @Override
  public int update() throws SQLException {
    return session.await(session.send(text.sql(), tuple(), byKeys)).rowCount();
  }

  @Override
  public void execute() throws SQLException {
    if (text.table() == null) {
      session.tell(text.sql(), tuple());
    } else {
      session.defer(text, values.clone(), kinds, null);
    }
  }

  @Override
  public void executeOn(long key) throws SQLException {
    if (text.table() == null) {
      session.tell(text.sql(), tuple());
    } else {
      session.defer(text, values.clone(), kinds, key);
    }
  }
}
