import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a resource could have done and has. */
final class Use {
  private final Map<String, double[]> uses = new LinkedHashMap<>();

  void add(String what, double used, double capacity) {
    double[] sums = uses.computeIfAbsent(what, any -> new double[2]);
    sums[0] += used;
    sums[1] += capacity;
  }

  double share(String what) {
    double[] sums = uses.getOrDefault(what, new double[] {0, 1});
    return sums[0] / sums[1];
  }

  /** What is fullest, first. */
  List<String> fullest() {
    return uses.keySet().stream()
        .sorted((one, other) -> Double.compare(share(other), share(one)))
        .toList();
  }
}
