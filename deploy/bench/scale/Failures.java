import java.util.List;

/** What is done to a run at one moment. */
final class Failures {
  private Failures() {}

  /** Kills a node: what it had in memory is another's after the take-over. */
  static void kill(Run run, int cell, int number) {
    run.blindUntil = run.now + (int) (Values.of("balancer.millis") * Run.TICKS / 1_000);
    Cell its = run.cells.get(cell);
    Node node = its.nodes.get(number);
    node.alive = false;
    for (Cohort change : node.changes) {
      switch (change.kind()) {
        case ACCEPT -> run.story.unanswered += change.count();
        case RECEIPT -> run.in(10_000, () -> run.receipts(its, change.count()));
        case SETTLE -> {
          run.story.unknown += change.count();
          run.in(Values.of("takeover.millis"), () -> its.await(change));
        }
        case MOVE, BEGIN -> run.in(Values.of("takeover.millis"), () -> its.await(change));
      }
    }
    node.changes.clear();
    node.queued = 0;
  }

  /** Takes away half of the providers for a while. */
  static void loseProviders(Run run) {
    run.halfUntil = run.now + (int) (Values.of("primary.seconds") * Run.TICKS);
  }

  /** Takes away the primary of a cell for a while. */
  static void losePrimary(Run run, int number) {
    Cell cell = run.cells.get(number);
    cell.downUntil = run.now + (int) (Values.of("primary.seconds") * Run.TICKS);
    for (Node node : cell.nodes) {
      List<Cohort> changes = List.copyOf(node.changes);
      node.changes.clear();
      node.queued = 0;
      for (Cohort change : changes) {
        switch (change.kind()) {
          case ACCEPT, MOVE -> node.spool(change.as(Kind.MOVE));
          case BEGIN -> {
            node.inFlight -= change.count();
            cell.await(change);
          }
          case RECEIPT -> run.receipts(cell, change.count());
          case SETTLE -> node.add(change);
        }
      }
    }
  }
}
