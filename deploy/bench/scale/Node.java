import java.util.ArrayDeque;
import java.util.Deque;

/** One gateway. */
final class Node {
  final Deque<Cohort> changes = new ArrayDeque<>();
  boolean alive = true;
  double queued;
  double inFlight;
  final Deque<Cohort> spooled = new ArrayDeque<>();
  double spool;
  double cpuLeft;
  double writerLeft;

  void spool(Cohort cohort) {
    if (cohort.count() > 0) {
      spooled.add(cohort);
      spool += cohort.count();
    }
  }

  void add(Cohort cohort) {
    if (cohort.count() > 0) {
      changes.add(cohort);
      queued += cohort.count();
    }
  }
}
