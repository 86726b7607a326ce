import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What shares a ledger. */
final class Cell {
  final List<Node> nodes = new ArrayList<>();
  final Deque<Cohort> waiting = new ArrayDeque<>();
  double waits;
  int downUntil;

  void await(Cohort cohort) {
    waiting.add(cohort);
    waits += cohort.count();
  }

  List<Node> alive() {
    return nodes.stream().filter(node -> node.alive).toList();
  }
}
