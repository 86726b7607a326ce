import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * From the acceptance of a notification to the end of the attempt that sent it, as the ledger of a
 * stopped gateway has it in whole milliseconds, of those accepted in its last seconds, as one line
 * of JSON. Arguments: the file, how many seconds.
 */
public final class SentTimes {
  private SentTimes() {}

  public static void main(String[] arguments) throws SQLException {
    long[] millis = new long[1 << 16];
    int count = 0;
    try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = ledger.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT r.ended_at - n.accepted_at FROM notifications n JOIN provider_requests r"
                    + " ON r.notification_id = n.id WHERE r.success = 1 AND n.accepted_at >="
                    + " (SELECT max(accepted_at) FROM notifications) - 1000 * "
                    + Integer.parseInt(arguments[1]))) {
      while (rows.next()) {
        if (count == millis.length) {
          millis = Arrays.copyOf(millis, count * 2);
        }
        millis[count++] = rows.getLong(1);
      }
    }
    if (count == 0) {
      System.out.println("{\"sent\":0}");
      return;
    }
    Arrays.sort(millis, 0, count);
    System.out.printf(
        "{\"sent\":%d,\"p50_ms\":%d,\"p90_ms\":%d,\"p99_ms\":%d,\"max_ms\":%d,\"mean_ms\":%.2f}%n",
        count,
        millis[count / 2],
        millis[(int) (count * 0.9)],
        millis[(int) (count * 0.99)],
        millis[count - 1],
        Arrays.stream(millis, 0, count).average().orElse(0));
  }
}
