/** What the ledger is asked to do. */
enum Kind {
  ACCEPT("accept"),
  MOVE("accept"),
  BEGIN("begin"),
  SETTLE("settle"),
  RECEIPT("receipt");

  private final String cost;

  Kind(String cost) {
    this.cost = cost;
  }

  double writer() {
    return Values.of("writer." + cost);
  }

  double server() {
    return Values.of("pg." + cost);
  }

  double wal() {
    return Values.of("wal." + cost);
  }

  double cpu() {
    return Values.of("cpu." + cost);
  }
}
