import io.signalbox.gateway.model.NotificationState;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/** Counts what a stopped gateway's ledger holds, as one line of JSON. The argument is the file. */
public final class LedgerCount {
  private LedgerCount() {}

  public static void main(String[] arguments) throws SQLException {
    try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = ledger.createStatement()) {
      StringJoiner states = new StringJoiner(",", "{", "}");
      long total = 0;
      try (ResultSet rows =
          statement.executeQuery("SELECT state, count(*) FROM notifications GROUP BY state")) {
        while (rows.next()) {
          String state = NotificationState.ofCode(rows.getInt(1)).wireName();
          states.add("\"" + state + "\":" + rows.getLong(2));
          total += rows.getLong(2);
        }
      }
      System.out.printf(
          "{\"notifications\":%d,\"states\":%s,\"attempts\":%d,\"attempts_not_sent\":%d,"
              + "\"receipts\":%d}%n",
          total,
          states,
          count(statement, "SELECT count(*) FROM provider_requests"),
          count(statement, "SELECT count(*) FROM provider_requests WHERE success IS NOT 1"),
          count(statement, "SELECT count(*) FROM webhook_events"));
    }
  }

  private static long count(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
