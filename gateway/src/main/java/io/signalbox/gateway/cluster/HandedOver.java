package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.model.AttemptId;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What other nodes have handed over to this one, of one kind: each attempt is made once, in time,
 * and no provider gets more than its bound. Thread-confined.
 */
final class HandedOver {
  /** A refusal by which the other node knows that nothing was begun. */
  static final int NOT_BEGUN = 503;

  /** One by which it does not. */
  static final int TAKEN_BEFORE = 409;

  /** How many attempts are remembered so that a second copy of one is refused. */
  private static final int REMEMBERED = 16_384;

  private final Map<String, Integer> loads = new HashMap<>();
  private final Set<AttemptId> underWay = new HashSet<>();
  private final Map<AttemptId, Boolean> taken = new Newest();

  /** Forgets the eldest. */
  private static final class Newest extends LinkedHashMap<AttemptId, Boolean> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<AttemptId, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }

  /** Whether it was handed over before. */
  boolean wasTaken(AttemptId attempt) {
    return taken.containsKey(attempt);
  }

  /** Whether it is under way. */
  boolean has(AttemptId attempt) {
    return underWay.contains(attempt);
  }

  /**
   * Why an attempt is not begun; null if nothing stands against it.
   *
   * @param lateMillis how long it was on its way
   * @param timeoutMillis how long it may take
   * @param bound how many the provider may get at a time
   */
  @Nullable GatewayException against(
      String provider, long lateMillis, long timeoutMillis, int bound) {
    if (lateMillis >= HandOvers.ANSWER.toMillis() || lateMillis >= timeoutMillis) {
      // By then the other node may have given it up. This one, or the way to it, stood still.
      return new GatewayException(NOT_BEGUN, "the request came too late");
    }
    return loads.getOrDefault(provider, 0) >= bound
        ? new GatewayException(NOT_BEGUN, "that provider has enough to do")
        : null;
  }

  /** Makes it, and knows that it is under way until it ends. */
  <T> Future<T> make(String provider, AttemptId attempt, Supplier<Future<T>> action) {
    taken.put(attempt, true);
    underWay.add(attempt);
    loads.merge(provider, 1, Integer::sum);
    return action
        .get()
        .onComplete(
            ended -> {
              underWay.remove(attempt);
              loads.merge(provider, -1, Integer::sum);
            });
  }
}
