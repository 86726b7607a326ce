package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.ledger.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Judges which nodes are dead, by what one observer has seen itself. No clock of another machine is
 * asked: a node is dead if its beats did not go on for a time, of which the observer has missed
 * nothing. So who was cut off or frozen itself, or found the server stopped, buries nobody for that
 * time. Not thread-safe.
 */
final class NodeWatch {
  /** So long a lock may be free while its node makes a new connection. */
  private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

  private final long timeoutNanos;
  private final Map<Seat, Seen> known = new HashMap<>();
  private @Nullable Long lastLook;

  NodeWatch(long timeoutMillis) {
    this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }

  /**
   * What was seen of a node.
   *
   * @param beats grows with each sign of life
   * @param held whether it holds the lock of its number
   * @param stopped whether it has said that it writes no more
   * @param working whether it does its share of the work
   */
  record Sighting(Node node, long beats, boolean held, boolean stopped, boolean working) {}

  /**
   * What is remembered.
   *
   * @param since when the beats were first seen to be what they are
   * @param freeSince when the lock was first seen to be free; null while it is held
   */
  private record Seen(long beats, long since, @Nullable Long freeSince) {}

  /**
   * Looks once.
   *
   * @param nowNanos a monotonic clock
   * @param own this node's number, which is not judged
   * @param calm whether a free lock says that its process is gone: not where connections may have
   *     been lost for another reason lately
   * @return the dead ones
   */
  List<Node> look(long nowNanos, int own, boolean calm, List<Sighting> sightings) {
    Long before = lastLook;
    if (before != null && nowNanos - before > timeoutNanos / 2) {
      known.clear();
    }
    lastLook = nowNanos;
    Map<Seat, Seen> now = new HashMap<>();
    List<Node> dead = new ArrayList<>();
    for (Sighting sighting : sightings) {
      Node node = sighting.node();
      if (node.number() == own) {
        continue;
      }
      Seat seat = new Seat(node.number(), node.epoch());
      Seen seen = seen(nowNanos, known.get(seat), sighting);
      now.put(seat, seen);
      if (sighting.stopped() || isSilent(nowNanos, seen) || (calm && isGone(nowNanos, seen))) {
        dead.add(node);
      }
    }
    known.clear();
    known.putAll(now);
    return dead;
  }

  private static Seen seen(long nowNanos, @Nullable Seen before, Sighting sighting) {
    boolean same = before != null && before.beats() == sighting.beats();
    if (before == null || !same) {
      return new Seen(sighting.beats(), nowNanos, sighting.held() ? null : nowNanos);
    }
    Long free = before.freeSince();
    if (sighting.held()) {
      free = null;
    } else if (free == null) {
      free = nowNanos;
    }
    return new Seen(before.beats(), before.since(), free);
  }

  private boolean isSilent(long nowNanos, Seen seen) {
    return nowNanos - seen.since() >= timeoutNanos;
  }

  private boolean isGone(long nowNanos, Seen seen) {
    Long free = seen.freeSince();
    return free != null && nowNanos - free >= Math.min(RECONNECT_NANOS, timeoutNanos);
  }
}
