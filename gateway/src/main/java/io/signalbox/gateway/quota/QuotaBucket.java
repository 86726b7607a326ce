package io.signalbox.gateway.quota;

import io.signalbox.gateway.ledger.QuotaLedger;
import io.signalbox.gateway.ledger.QuotaLedger.Taken;
import io.signalbox.gateway.ledger.QuotaLedger.Whose;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One quota in one period: what this gateway has taken of it ahead, a fiftieth of what is left and
 * at most 1,000, so that the ledger is asked seldom and the last ones are still shared one by one.
 * While the ledger does not answer nobody is refused; what is used then is noted later.
 * Thread-safe.
 */
final class QuotaBucket {
  private static final Logger LOG = LoggerFactory.getLogger(QuotaBucket.class);
  private static final int PARTS = 50;
  private static final long LARGEST_PART = 1_000;

  /** For how long what the ledger said, or that it said nothing, is taken as still so. */
  private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final QuotaLedger ledger;
  private final Whose whose;
  private final long limit;
  private final LongSupplier nanos;
  private final Duration patience;
  private long left;
  private long used;
  private long owed;
  private long waiting;
  private @Nullable Future<Void> asked;
  private boolean late;
  private long silentUntilNanos;
  private long spentUntilNanos;

  /**
   * Makes it; nothing is taken yet.
   *
   * @param patience how long one waits for the ledger
   */
  QuotaBucket(QuotaLedger ledger, Whose whose, long limit, LongSupplier nanos, Duration patience) {
    this.ledger = ledger;
    this.whose = whose;
    this.limit = limit;
    this.nanos = nanos;
    this.patience = patience;
    this.silentUntilNanos = nanos.getAsLong();
    this.spentUntilNanos = silentUntilNanos;
  }

  Whose whose() {
    return whose;
  }

  /** Takes so many, or as many as there are; complete on any thread, mostly at once. */
  Future<Integer> take(int count) {
    Future<Void> question;
    synchronized (this) {
      if (left >= count) {
        left -= count;
        if (left < part() / 2 && !isSpent() && !isSilent()) {
          // Ahead of who comes next; nobody waits for it now.
          ask();
        }
        return Future.succeededFuture(count);
      }
      if (isSilent()) {
        owed += count - left;
        left = 0;
        return Future.succeededFuture(count);
      }
      if (isSpent()) {
        int some = Math.toIntExact(left);
        left = 0;
        return Future.succeededFuture(some);
      }
      waiting += count;
      question = ask();
    }
    return question.compose(answered -> takeAgain(count));
  }

  /** Each answer brings something, or says that there is no more, or that nobody knows. */
  private Future<Integer> takeAgain(int count) {
    synchronized (this) {
      waiting -= count;
    }
    return take(count);
  }

  private long part() {
    return Math.max(1, Math.min(LARGEST_PART, (limit - used) / PARTS));
  }

  private boolean isSilent() {
    return late || nanos.getAsLong() - silentUntilNanos < 0;
  }

  private boolean isSpent() {
    return nanos.getAsLong() - spentUntilNanos < 0;
  }

  /** Asks the ledger for what all who wait need, unless it is being asked. */
  private synchronized Future<Void> ask() {
    Future<Void> current = asked;
    if (current != null) {
      return current;
    }
    long wanted = Math.max(waiting - left, part());
    long settled = owed;
    owed = 0;
    Promise<Void> answer = Promise.promise();
    Future<Void> waited =
        answer
            .future()
            .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .otherwise(
                slow -> {
                  late();
                  return null;
                });
    asked = waited;
    ledger
        .take(whose, wanted, limit, settled)
        .onComplete(
            taken -> granted(taken, wanted, answer),
            failure -> unanswered(failure, settled, answer));
    return waited;
  }

  private synchronized void late() {
    late = asked != null;
  }

  private void granted(Taken taken, long wanted, Promise<Void> answer) {
    synchronized (this) {
      asked = null;
      late = false;
      left += taken.granted();
      used = taken.used();
      if (taken.granted() < wanted) {
        spentUntilNanos = nanos.getAsLong() + REMEMBERED_NANOS;
      }
    }
    answer.complete();
  }

  private void unanswered(Throwable failure, long settled, Promise<Void> answer) {
    LOG.debug("a quota was not looked up: {}", failure.toString());
    synchronized (this) {
      asked = null;
      late = false;
      owed += settled;
      silentUntilNanos = nanos.getAsLong() + REMEMBERED_NANOS;
    }
    answer.complete();
  }

  /** Takes back what was taken and not used. */
  synchronized void giveBack(int count) {
    left += count;
  }

  /** How many may be sent yet. */
  synchronized long remaining() {
    return Math.max(0, limit - used - owed + left);
  }

  /** How many this gateway has taken ahead. */
  synchronized long ahead() {
    return left - owed;
  }

  /** The part of the quota that is used, 0 to 1 and beyond. */
  double share() {
    return 1 - (double) remaining() / limit;
  }

  /** Gives the ledger what was taken ahead, and tells it what is owed. */
  Future<Void> settle() {
    long change;
    synchronized (this) {
      change = owed - left;
      left = 0;
      owed = 0;
    }
    return change == 0 ? Future.succeededFuture() : ledger.take(whose, 0, limit, change).mapEmpty();
  }
}
