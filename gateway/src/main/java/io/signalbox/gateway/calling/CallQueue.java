package io.signalbox.gateway.calling;

import io.signalbox.gateway.call.RequestType;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The permits of one provider, and the calls that wait for one: those that change something first,
 * then those that read. Neither kind gets the last quarter of the permits, which is kept for the
 * other, so that a burst of one does not hold up the other; a single permit goes to them by turns.
 * Thread-confined.
 */
final class CallQueue {
  /** How many calls of a kind may wait for one provider. */
  static final int MOST_WAITING = 256;

  private static final int KEPT_PART = 4;

  private final Kind changes = new Kind();
  private final Kind reads = new Kind();
  private int permits;
  private boolean readsAreNext;

  CallQueue(int permits) {
    this.permits = permits;
  }

  /** What is under way and waits, of one kind. */
  private static final class Kind {
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int underWay;
  }

  /**
   * A call that waits.
   *
   * @param turn true if it may begin, false if it has waited too long
   */
  private record Waiting(Promise<Boolean> turn, long untilMillis) {}

  /** Takes in another number of permits, at least 1; what is under way goes on. */
  void setPermits(int newest) {
    permits = newest;
  }

  int underWay() {
    return changes.underWay + reads.underWay;
  }

  boolean hasWaiting() {
    return !changes.waiting.isEmpty() || !reads.waiting.isEmpty();
  }

  private Kind of(RequestType type) {
    return type.changes() ? changes : reads;
  }

  private boolean hasPermit(Kind kind) {
    int kept = permits == 1 ? 0 : Math.max(1, permits / KEPT_PART);
    return underWay() < permits && kind.underWay < permits - kept;
  }

  /** Whether a call may take a permit now, and nobody waits for it before. */
  boolean isFree(RequestType type) {
    return of(type).waiting.isEmpty() && hasPermit(of(type));
  }

  /** Takes a permit; {@link #isFree} said that it may. */
  void take(RequestType type) {
    of(type).underWay++;
  }

  /** Gives a permit back. */
  void free(RequestType type) {
    of(type).underWay--;
  }

  /** Waits for a permit, which is taken then; null if too many wait. */
  @Nullable Promise<Boolean> await(RequestType type, long untilMillis) {
    Kind kind = of(type);
    if (kind.waiting.size() >= MOST_WAITING) {
      return null;
    }
    Promise<Boolean> turn = Promise.promise();
    kind.waiting.add(new Waiting(turn, untilMillis));
    return turn;
  }

  /** The next call that may begin, its permit taken; null if none may. */
  @Nullable Promise<Boolean> next() {
    // Of a single permit no part can be kept: the kinds take turns.
    boolean readsFirst = permits == 1 && readsAreNext;
    for (Kind kind : readsFirst ? new Kind[] {reads, changes} : new Kind[] {changes, reads}) {
      if (!kind.waiting.isEmpty() && hasPermit(kind)) {
        readsAreNext = kind == changes;
        kind.underWay++;
        return kind.waiting.remove().turn();
      }
    }
    return null;
  }

  /** Sends those away that have waited for too long. */
  void expire(long nowMillis) {
    for (Kind kind : new Kind[] {changes, reads}) {
      kind.waiting.removeIf(
          waiting -> waiting.untilMillis() <= nowMillis && waiting.turn().tryComplete(false));
    }
  }

  /** Sends all away that wait. */
  void dismiss() {
    expire(Long.MAX_VALUE);
  }
}
