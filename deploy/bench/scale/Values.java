import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Everything that is assumed or was measured, by name; times in microseconds. */
final class Values {
  private static final Map<String, Double> ALL = new LinkedHashMap<>();

  static {
    for (String value :
        """
        rate=100000 nodes=20 cells=10 seconds=240 seed=1 receipts=2 knees=1
        writer.accept=16 writer.begin=56 writer.settle=105 writer.receipt=60
        pg.accept=7 pg.begin=7 pg.settle=152 pg.receipt=60
        wal.accept=597 wal.begin=1587 wal.settle=2396 wal.receipt=900
        cpu.accept=30 cpu.begin=100 cpu.settle=60 cpu.receipt=60
        node.cores=8 pg.cores=16 usable=0.7 wal.bytes=400000000
        redis.commands=398923 redis.each=3
        providers=8 provider.rate=20000 provider.millis=80 provider.permits=64 in_flight=1024
        waiting_changes=20000 spool=500000
        balancer.millis=2000 takeover.millis=7000 primary.seconds=30
        """
            .strip()
            .split("\\s+")) {
      put(value.split("=", 2));
    }
  }

  private Values() {}

  /** Takes in {@code name=value}. */
  static void set(String assignment) {
    String[] parts = assignment.split("=", 2);
    if (parts.length < 2 || !ALL.containsKey(parts[0])) {
      throw new IllegalArgumentException("not one of the values: " + assignment + "\n" + all());
    }
    put(parts);
  }

  private static void put(String[] parts) {
    ALL.put(parts[0], Double.valueOf(parts[1]));
  }

  static double of(String name) {
    return ALL.get(name);
  }

  static String all() {
    StringJoiner text = new StringJoiner(" ");
    ALL.forEach(
        (name, value) ->
            text.add(
                name + "=" + BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()));
    return text.toString();
  }
}
