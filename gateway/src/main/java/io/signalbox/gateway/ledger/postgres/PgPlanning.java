package io.signalbox.gateway.ledger.postgres;

import org.jspecify.annotations.Nullable;

/**
 * How the server is to plan the statements of a transaction. What names its rows by their keys is
 * planned once for each connection and goes by indexes. Left alone, PostgreSQL plans an UPDATE of
 * rows of a partitioned table anew each time, which costs more than the update; and of a table that
 * was empty when it looked last it would read every row, until it looks again. To begin helpers
 * takes longer than what they would help with.
 */
final class PgPlanning {
  private static final String BY_KEYS =
      "SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off;"
          + " SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;"
          + " SET LOCAL max_parallel_workers_per_gather = 0";

  private static final String AS_USUAL =
      "SET LOCAL plan_cache_mode TO DEFAULT; SET LOCAL enable_seqscan TO DEFAULT;"
          + " SET LOCAL enable_hashjoin TO DEFAULT; SET LOCAL enable_mergejoin TO DEFAULT;"
          + " SET LOCAL max_parallel_workers_per_gather TO DEFAULT";

  private boolean byKeys;

  /** A transaction begins. */
  void begin() {
    byKeys = false;
  }

  /**
   * What is to be sent before a statement; null for nothing.
   *
   * @param wanted whether the statement names its rows by their keys
   */
  @Nullable String before(boolean wanted) {
    if (wanted == byKeys) {
      return null;
    }
    byKeys = wanted;
    return wanted ? BY_KEYS : AS_USUAL;
  }
}
