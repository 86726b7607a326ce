package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.model.NotificationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Who waits for the ends of operations: so many at a time. Thread-safe. */
final class OperationWaits {
  private final Map<NotificationId, List<Consumer<Operation>>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final int most;

  OperationWaits(int most) {
    this.most = most;
  }

  /**
   * Waits.
   *
   * @param bell called at most once, on any thread, with the operation at its end; must not block.
   *     Whoever waits is {@linkplain #remove removed} in any case
   * @return false if too many wait already
   */
  boolean add(NotificationId id, Consumer<Operation> bell) {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return false;
    }
    waiting.merge(
        id,
        List.of(bell),
        (before, more) -> {
          List<Consumer<Operation>> all = new ArrayList<>(before);
          all.addAll(more);
          return all;
        });
    return true;
  }

  /** Waits no more; to be called once for each that was added. */
  void remove(NotificationId id, Consumer<Operation> bell) {
    count.decrementAndGet();
    waiting.computeIfPresent(
        id,
        (same, bells) -> {
          List<Consumer<Operation>> left = bells.stream().filter(one -> one != bell).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /** How many wait. */
  int count() {
    return count.get();
  }

  /** The operations whose end somebody waits for. */
  Set<NotificationId> waitedFor() {
    return Set.copyOf(waiting.keySet());
  }

  /** An operation has come to its end. */
  void ended(Operation operation) {
    List<Consumer<Operation>> bells = waiting.remove(operation.id());
    if (bells != null) {
      bells.forEach(bell -> bell.accept(operation));
    }
  }
}
