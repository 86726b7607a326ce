package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes that wait to be sent. Those on different tables do not see each other, so each table has
 * its own order, and equal statements that follow each other there become one of many rows. Those
 * on different keys of a table do not see each other either: a change of one key joins an earlier
 * equal statement unless one in between is of the same key, or of who knows which.
 */
final class PgDeferred {
  private static final int MAX_ROWS = 1_024;

  private final Map<String, List<Run>> byTable = new LinkedHashMap<>();
  private int rows;

  boolean isEmpty() {
    return rows == 0;
  }

  /** How many statements they will be. */
  int statements() {
    return byTable.values().stream().mapToInt(List::size).sum();
  }

  void clear() {
    byTable.clear();
    rows = 0;
  }

  /**
   * Adds a change on one table.
   *
   * @param key the only one whose rows it looks at and changes; null if there may be others
   * @return whether it is time to send
   */
  boolean add(PgText text, @Nullable Object[] values, PgKinds kinds, @Nullable Long key) {
    String table = text.table() == null ? "" : text.table();
    List<Run> runs = byTable.computeIfAbsent(table, name -> new ArrayList<>());
    Run run = equalRun(runs, text, key);
    if (run == null) {
      run = new Run(text, kinds);
      runs.add(run);
    }
    run.add(values, key);
    rows++;
    return rows >= MAX_ROWS;
  }

  /** The last of the equal ones, unless what follows it must go before the change. */
  private static @Nullable Run equalRun(List<Run> runs, PgText text, @Nullable Long key) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      Run run = runs.get(i);
      if (run.text.equals(text)) {
        return run;
      }
      if (run.mustPrecede(key)) {
        return null;
      }
    }
    return null;
  }

  /** Whether it names its rows by their keys, or does so often enough to be planned once. */
  boolean isByKeys() {
    return rows > statements()
        || byTable.values().stream()
            .allMatch(runs -> runs.stream().allMatch(run -> run.text.rows() != null));
  }

  /** Sends everything, and adds what tells of its end. */
  void send(PgConnection connection, PgSent sent) {
    byTable.values().forEach(runs -> runs.forEach(run -> sent.add(run.send(connection))));
    clear();
  }

  /** Equal statements that are sent together, in their order. */
  private static final class Run {
    private final PgText text;
    private final PgKinds kinds;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private final Set<Long> keys = new HashSet<>();
    private boolean ofAnyKey;

    Run(PgText text, PgKinds kinds) {
      this.text = text;
      this.kinds = kinds;
    }

    void add(@Nullable Object[] values, @Nullable Long key) {
      rows.add(values);
      if (key == null) {
        ofAnyKey = true;
      } else {
        keys.add(key);
      }
    }

    boolean mustPrecede(@Nullable Long key) {
      return key == null || ofAnyKey || keys.contains(key);
    }

    Future<?> send(PgConnection connection) {
      if (rows.size() == 1) {
        return connection.preparedQuery(text.sql()).execute(tuple(rows.get(0)));
      }
      PgRowsText ofRows = text.rows();
      List<PgKind> known = ofRows == null ? null : kinds.all();
      return ofRows == null || known == null || (ofRows.update() && !isEachKeyOnce())
          ? connection
              .preparedQuery(text.sql())
              .executeBatch(rows.stream().map(Run::tuple).toList())
          : connection.preparedQuery(ofRows.ofRows(known)).execute(arrays(known));
    }

    /** An update of many rows changes each of them once, whatever it is given for it. */
    private boolean isEachKeyOnce() {
      return !ofAnyKey && keys.size() == rows.size();
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
