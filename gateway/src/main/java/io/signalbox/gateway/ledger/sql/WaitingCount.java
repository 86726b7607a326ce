package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Backlog;
import io.signalbox.gateway.model.Lane;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How many notifications wait in each lane, without a walk over all of them each time. While few
 * wait, they are counted. While many do, counting takes at most a part of the time unless the last
 * count is as old as it may be, and in between the writer's own commits are added up: what changes
 * due times otherwise, also at other nodes, shows at the next count.
 *
 * <p>Until then the total is right but for that, though not always what of it is due: what was
 * scheduled and has become due since is told as later, and what was accepted since for later is
 * told as due once anything of its lane is due. And the total is a little off where a commit ends
 * while a count begins, which may be in the count and added as well, and where the answer of a
 * commit was lost, which is not added though it may be stored.
 *
 * <p>{@link #change}, {@link #mark}, {@link #undo}, {@link #begin} and {@link #commit} belong to
 * the writer's thread; {@link #read} is for any.
 */
final class WaitingCount {
  private static final int LANES = Lane.CODES;

  private final long few;
  private final Pace pace;
  private final LongSupplier nanos;
  private final AtomicLongArray committed = new AtomicLongArray(LANES);
  private final int[] changed = new int[LANES];
  private final int[] marked = new int[LANES];
  private volatile @Nullable Counted counted;

  /**
   * Makes one that has counted nothing yet.
   *
   * @param few so many are counted each time
   * @param nanos a monotonic clock
   */
  WaitingCount(long few, Pace pace, LongSupplier nanos) {
    this.few = few;
    this.pace = pace;
    this.nanos = nanos;
  }

  /**
   * How often many are counted.
   *
   * @param times a count holds for so many times as long as it took
   * @param oldest and never for longer
   */
  record Pace(int times, Duration oldest) {
    /** Where nobody else writes. */
    static final Pace ALONE = new Pace(100, Duration.ofSeconds(30));

    /** Where other nodes write, whose commits show by counting only. */
    static final Pace SHARED = new Pace(10, Duration.ofSeconds(10));

    private long holdsNanos(long tookNanos) {
      return Math.min(times * tookNanos, oldest.toNanos());
    }
  }

  /** What can count; blocks. */
  interface Store {

    /** Walks over all that waits. */
    List<Backlog> count() throws SQLException;

    /** When the first of a lane is due; 0 if nothing waits there. */
    long firstDue(Lane lane) throws SQLException;
  }

  /** A transaction begins: what was not committed did not happen. */
  void begin() {
    Arrays.fill(changed, 0);
  }

  /** So many more, or less, wait in a lane once this is committed. */
  void change(Lane lane, int by) {
    changed[lane.code()] += by;
  }

  /** Marks the place that {@link #undo} goes back to. */
  void mark() {
    System.arraycopy(changed, 0, marked, 0, LANES);
  }

  /** Takes back what was changed since the mark. */
  void undo() {
    System.arraycopy(marked, 0, changed, 0, LANES);
  }

  /** What was changed is committed. */
  void commit() {
    for (int lane = 0; lane < LANES; lane++) {
      if (changed[lane] != 0) {
        committed.addAndGet(lane, changed[lane]);
      }
    }
  }

  /** How much waits in each lane where something does. */
  List<Backlog> read(Store store, long nowMillis) throws SQLException {
    Counted last = counted;
    if (last != null
        && last.total() > few
        && nanos.getAsLong() - last.endNanos() < pace.holdsNanos(last.tookNanos())) {
      return reckon(last, store, nowMillis);
    }
    long start = nanos.getAsLong();
    long[] before = IntStream.range(0, LANES).mapToLong(committed::get).toArray();
    List<Backlog> lanes = store.count();
    long end = nanos.getAsLong();
    counted = new Counted(lanes, before, end, end - start);
    return lanes;
  }

  private List<Backlog> reckon(Counted last, Store store, long nowMillis) throws SQLException {
    Map<Integer, Backlog> then = new TreeMap<>();
    last.lanes().forEach(lane -> then.put(lane.lane().code(), lane));
    List<Backlog> now = new ArrayList<>();
    for (int code = 0; code < LANES; code++) {
      Backlog before = then.get(code);
      long since = committed.get(code) - last.committed()[code];
      if (before == null && since <= 0) {
        continue;
      }
      Lane lane = Lane.ofCode(code);
      long later = before == null ? 0 : before.later();
      // The first one tells better than a reckoning whether there is any.
      long total = Math.max(1, since + (before == null ? 0 : before.due() + later));
      long first = store.firstDue(lane);
      if (first > nowMillis) {
        now.add(new Backlog(lane, 0, total, 0));
      } else if (first > 0) {
        long due = Math.max(1, total - later);
        now.add(new Backlog(lane, due, total - Math.min(due, total), first));
      }
    }
    return now;
  }

  /**
   * What was counted.
   *
   * @param committed what the writer had added to each lane before
   */
  // The array is compared nowhere.
  @SuppressWarnings("ArrayRecordComponent")
  private record Counted(List<Backlog> lanes, long[] committed, long endNanos, long tookNanos) {

    long total() {
      return lanes.stream().mapToLong(lane -> lane.due() + lane.later()).sum();
    }
  }
}
