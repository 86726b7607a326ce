package io.signalbox.gateway.quota;

import io.signalbox.gateway.ledger.QuotaLedger;
import io.signalbox.gateway.ledger.QuotaLedger.Taken;
import io.signalbox.gateway.ledger.QuotaLedger.Whose;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One quota in one period: what this gateway has taken of it ahead, a fiftieth of what is left and
 * at most 1,000, so that the ledger is asked seldom and the last ones are still shared one by one.
 * While the ledger does not answer nobody is refused; what is used then is noted later. One that is
 * given up keeps nothing: what comes to it later goes back as soon as nobody waits for it any more.
 * Thread-safe.
 */
final class QuotaBucket {
  private static final Logger LOG = LoggerFactory.getLogger(QuotaBucket.class);

  /** For how long what the ledger said, or that it said nothing, is taken as still so. */
  private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final QuotaLedger ledger;
  private final Whose whose;
  private final long limit;
  private final LongSupplier nanos;
  private final Duration patience;
  private final Consumer<QuotaBucket> unsettled;
  private long left;
  private long used;
  private long owed;
  private long waiting;
  private @Nullable Future<Void> asked;
  private boolean late;
  private boolean givenUp;
  private long silentUntilNanos;
  private long spentUntilNanos;

  /**
   * Makes it; nothing is taken yet.
   *
   * @param patience how long one waits for the ledger
   * @param unsettled takes over what this bucket, given up before, could not give to the ledger
   */
  QuotaBucket(
      QuotaLedger ledger,
      Whose whose,
      long limit,
      LongSupplier nanos,
      Duration patience,
      Consumer<QuotaBucket> unsettled) {
    this.ledger = ledger;
    this.whose = whose;
    this.limit = limit;
    this.nanos = nanos;
    this.patience = patience;
    this.unsettled = unsettled;
    this.silentUntilNanos = nanos.getAsLong();
    this.spentUntilNanos = silentUntilNanos;
  }

  Whose whose() {
    return whose;
  }

  long limit() {
    return limit;
  }

  /** Takes so many, or as many as there are; complete on any thread, mostly at once. */
  Future<Integer> take(int count) {
    Future<Void> question;
    synchronized (this) {
      Future<Integer> now = takeNow(count);
      if (now != null) {
        settleIfGivenUp();
        return now;
      }
      waiting += count;
      question = ask();
    }
    return question.compose(answered -> takeAgain(count));
  }

  /** What can be said without the ledger; null if it is to be asked. */
  private @Nullable Future<Integer> takeNow(int count) {
    if (left >= count) {
      left -= count;
      if (left < Taken.ahead(limit - used) / 2 && !isSpent() && !isSilent() && !givenUp) {
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
    return null;
  }

  /** Each answer brings something, or says that there is no more, or that nobody knows. */
  private Future<Integer> takeAgain(int count) {
    synchronized (this) {
      waiting -= count;
    }
    return take(count);
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
    long needed = Math.max(waiting - left, 1);
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
        .take(whose, needed, limit, settled)
        .onComplete(
            taken -> granted(taken, needed, answer),
            failure -> unanswered(failure, settled, answer));
    return waited;
  }

  private synchronized void late() {
    late = asked != null;
  }

  private void granted(Taken taken, long needed, Promise<Void> answer) {
    synchronized (this) {
      asked = null;
      late = false;
      left += taken.granted();
      used = taken.used();
      if (taken.granted() < needed) {
        spentUntilNanos = nanos.getAsLong() + REMEMBERED_NANOS;
      }
    }
    answer.complete();
    settleIfGivenUp();
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
    settleIfGivenUp();
  }

  /** Takes back what was taken and not used. */
  void giveBack(int count) {
    synchronized (this) {
      left += count;
    }
    settleIfGivenUp();
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

  /**
   * Gives the ledger what was taken ahead, and tells it what is owed. What the ledger is being
   * asked for, and what those who hold this bucket still give back, follows.
   *
   * @return fails if the ledger did not answer: then what is owed is still here, and what was to go
   *     back counts as used
   */
  Future<Void> giveUp() {
    Future<Void> underWay;
    synchronized (this) {
      givenUp = true;
      underWay = asked;
    }
    return underWay == null ? settle() : underWay.compose(answered -> settle());
  }

  /** Takes over what another bucket of the same quota could not give to the ledger. */
  void absorb(QuotaBucket other) {
    note(other.drain());
    settleIfGivenUp();
  }

  private void settleIfGivenUp() {
    synchronized (this) {
      if (!givenUp || waiting > 0 || asked != null) {
        return;
      }
    }
    settle()
        .onFailure(
            failure -> {
              LOG.debug("a part of a quota was not settled: {}", failure.toString());
              unsettled.accept(this);
            });
  }

  private Future<Void> settle() {
    long change = drain();
    if (change == 0) {
      return Future.succeededFuture();
    }
    // What was given back may be there, its answer lost: rather too few are sent than too many.
    return ledger
        .take(whose, 0, limit, change)
        .onFailure(failure -> note(Math.max(0, change)))
        .mapEmpty();
  }

  /** What the ledger is to be told: owed, or, if negative, left. Nothing of it stays here. */
  private synchronized long drain() {
    long change = owed - left;
    left = 0;
    owed = 0;
    return change;
  }

  private synchronized void note(long change) {
    if (change > 0) {
      owed += change;
    } else {
      left -= change;
    }
  }
}
