package io.signalbox.gateway.degradation;

import io.signalbox.gateway.ledger.LedgerStats;
import java.util.concurrent.TimeUnit;

/** Tells from the ledger's own counts whether it can store. Thread-confined. */
final class LedgerWatch {
  /** How long a failed commit counts if no other follows: who would try again is not known. */
  static final long FAILED_COMMIT_COUNTS_MILLIS = 10_000;

  /** Changes that wait for so long while nothing is committed are as good as not stored. */
  static final long STUCK_MILLIS = 30_000;

  private long commits = -1;
  private long failedCommits;
  private long failedAtMillis = Long.MIN_VALUE;
  private long movedAtMillis;
  private long commitMillis;
  private boolean stuck;

  /** Takes in the counts; called at intervals. */
  void look(LedgerStats stats, long nowMillis) {
    if (commits < 0 || stats.commits() > commits) {
      failedAtMillis = Long.MIN_VALUE;
      movedAtMillis = nowMillis;
    } else if (stats.failedCommits() > failedCommits) {
      failedAtMillis = nowMillis;
      movedAtMillis = nowMillis;
    } else if (stats.waiting() == 0) {
      movedAtMillis = nowMillis;
    }
    boolean moved = stats.commits() != commits || stats.failedCommits() != failedCommits;
    commits = stats.commits();
    failedCommits = stats.failedCommits();
    // The last commit's time is news only when there was one.
    long lastMillis = moved ? TimeUnit.NANOSECONDS.toMillis(stats.lastCommitNanos()) : 0;
    commitMillis = Math.max(lastMillis, nowMillis - movedAtMillis);
    stuck = nowMillis - movedAtMillis > STUCK_MILLIS;
  }

  /** What the ledger cannot do; empty if it stores. */
  String trouble(long nowMillis) {
    if (stuck) {
      return "changes wait and nothing is committed";
    }
    boolean failed =
        failedAtMillis != Long.MIN_VALUE
            && nowMillis - failedAtMillis <= FAILED_COMMIT_COUNTS_MILLIS;
    return failed ? "commits fail" : "";
  }

  /** How long commits take: the last one, or the one that is waited for. */
  long commitMillis() {
    return commitMillis;
  }
}
