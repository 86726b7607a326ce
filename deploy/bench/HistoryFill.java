import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gives a stopped gateway's ledger a past: copies its sent notifications with all that belongs to
 * them, backwards in time, until there are so many more. Arguments: the file, how many.
 */
public final class HistoryFill {
  /** Between two copies, in keys; 4,096 of them are a millisecond. */
  private static final long STEP = 4_096;

  private static final int SENT_AT_LEAST = 1_000;
  private static final int ROUND = 100_000;

  private HistoryFill() {}

  public static void main(String[] arguments) throws SQLException {
    long wanted = Long.parseLong(arguments[1]);
    try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = ledger.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
      // Each page is written once, and not to a journal first; the gateway takes its own mode again.
      statement.execute("PRAGMA journal_mode = OFF");
      statement.execute("PRAGMA cache_size = -200000");
      ledger.setAutoCommit(false);
      Map<String, String> indexes = indexes(statement);
      for (String index : indexes.keySet()) {
        statement.execute("DROP INDEX " + index);
      }
      long sources = number(statement, "SELECT count(*) FROM notifications WHERE due_at IS NULL");
      if (sources < SENT_AT_LEAST) {
        throw new IllegalStateException("only " + sources + " ended notifications to copy");
      }
      statement.execute(
          "CREATE TEMP TABLE source AS SELECT id, row_number() OVER (ORDER BY id) AS place"
              + " FROM notifications WHERE due_at IS NULL LIMIT "
              + ROUND);
      sources = number(statement, "SELECT count(*) FROM source");
      statement.execute("CREATE UNIQUE INDEX temp.source_id ON source (id)");
      long first = number(statement, "SELECT min(id) FROM notifications");
      for (long done = 0; done < wanted; done += sources) {
        // The n-th copy of a source lies n rounds before the oldest of all.
        String key =
            "(" + (first - (done + sources + 1) * STEP) + " + source.place * " + STEP + ")";
        copy(statement, "notifications", "id", key);
        copy(statement, "provider_requests", "notification_id", key);
        ledger.commit();
      }
      for (String index : indexes.values()) {
        statement.execute(index);
      }
      ledger.commit();
      System.out.println(number(statement, "SELECT count(*) FROM notifications"));
      ledger.commit();
    }
  }

  /** What is made anew at the end, by name, since keeping it in order costs more. */
  private static Map<String, String> indexes(Statement statement) throws SQLException {
    Map<String, String> found = new LinkedHashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                + " AND tbl_name IN ('notifications', 'provider_requests')")) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    }
    return found;
  }

  private static void copy(Statement statement, String table, String keyColumn, String key)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
    }
    String values =
        columns.stream()
            .map(column -> column.equals(keyColumn) ? key : "old." + column)
            .collect(Collectors.joining(", "));
    statement.executeUpdate(
        "INSERT INTO "
            + table
            + " ("
            + String.join(", ", columns)
            + ") SELECT "
            + values
            + " FROM source JOIN "
            + table
            + " AS old ON old."
            + keyColumn
            + " = source.id ORDER BY source.place");
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
