package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait to be sent. Those on different tables do not see each other, so each table has
 * its own order, and equal statements that follow each other there become one of many rows.
 */
final class PgDeferred {
  private static final int MAX_ROWS = 1_024;

  private final Map<String, List<Run>> byTable = new LinkedHashMap<>();
  private int rows;

  boolean isEmpty() {
    return rows == 0;
  }

  void clear() {
    byTable.clear();
    rows = 0;
  }

  /** Adds a change on one table; whether it is time to send. */
  boolean add(PgText text, @Nullable Object[] values, PgKinds kinds) {
    String table = text.table() == null ? "" : text.table();
    List<Run> runs = byTable.computeIfAbsent(table, key -> new ArrayList<>());
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last == null || !last.text().equals(text)) {
      last = new Run(text, kinds, new ArrayList<>());
      runs.add(last);
    }
    last.rows().add(values);
    rows++;
    return rows >= MAX_ROWS;
  }

  /** Sends everything, and adds what tells of its end. */
  void send(PgConnection connection, List<Future<?>> sent) {
    for (List<Run> runs : byTable.values()) {
      for (Run run : runs) {
        sent.add(run.send(connection));
      }
    }
    clear();
  }

  /** Equal statements that follow each other. */
  private record Run(PgText text, PgKinds kinds, List<@Nullable Object[]> rows) {

    Future<?> send(PgConnection connection) {
      if (rows.size() == 1) {
        return connection.preparedQuery(text.sql()).execute(tuple(rows.get(0)));
      }
      PgText.Insert insert = text.insert();
      List<PgKind> known = insert == null ? null : kinds.all();
      return insert == null || known == null
          ? connection
              .preparedQuery(text.sql())
              .executeBatch(rows.stream().map(Run::tuple).toList())
          : connection.preparedQuery(insert.ofRows(known)).execute(arrays(known));
    }

    private static Tuple tuple(@Nullable Object[] values) {
      return Tuple.wrap(Arrays.asList(values));
    }

    private Tuple arrays(List<PgKind> known) {
      List<Object> columns = new ArrayList<>(known.size());
      for (int column = 0; column < known.size(); column++) {
        PgKind kind = known.get(column);
        @Nullable Object[] array = kind.array(rows.size());
        for (int row = 0; row < array.length; row++) {
          array[row] = kind.element(rows.get(row)[column]);
        }
        columns.add(array);
      }
      return Tuple.wrap(columns);
    }
  }
}
