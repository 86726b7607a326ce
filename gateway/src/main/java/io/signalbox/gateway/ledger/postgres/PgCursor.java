package io.signalbox.gateway.ledger.postgres;

import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Brings rows a few at a time. */
final class PgCursor implements PgRows.Source {
  private static final int ROWS = 64;

  private final PgSession session;
  private final PreparedStatement statement;
  private final Cursor cursor;
  private @Nullable RowIterator<Row> rows;

  private PgCursor(PgSession session, PreparedStatement statement, Cursor cursor) {
    this.session = session;
    this.statement = statement;
    this.cursor = cursor;
  }

  static PgCursor open(PgSession session, String sql, Tuple values) throws SQLException {
    PreparedStatement statement = session.await(session.open().connection().prepare(sql));
    return new PgCursor(session, statement, statement.cursor(values));
  }

  @Override
  public @Nullable Row next() throws SQLException {
    RowIterator<Row> current = rows;
    while (current == null || !current.hasNext()) {
      if (current != null && !cursor.hasMore()) {
        return null;
      }
      current = session.await(cursor.read(ROWS)).iterator();
      rows = current;
      if (!current.hasNext() && !cursor.hasMore()) {
        return null;
      }
    }
    return current.next();
  }

  @Override
  public void close() throws SQLException {
    session.await(cursor.close());
    session.await(statement.close());
  }
}
