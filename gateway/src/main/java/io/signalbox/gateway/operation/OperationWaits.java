package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.model.NotificationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Who waits for the ends of operations. Thread-safe. */
public final class OperationWaits {
  private final Map<NotificationId, List<Consumer<Operation>>> waiting = new ConcurrentHashMap<>();

  /**
   * Waits.
   *
   * @param bell called once on any thread, with the operation at its end; must not block
   */
  void add(NotificationId id, Consumer<Operation> bell) {
    waiting.merge(
        id,
        List.of(bell),
        (before, more) -> {
          List<Consumer<Operation>> all = new ArrayList<>(before);
          all.addAll(more);
          return all;
        });
  }

  /** Waits no more. */
  void remove(NotificationId id, Consumer<Operation> bell) {
    waiting.computeIfPresent(
        id,
        (same, bells) -> {
          List<Consumer<Operation>> left = bells.stream().filter(one -> one != bell).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /** An operation has come to its end. */
  void ended(Operation operation) {
    List<Consumer<Operation>> bells = waiting.remove(operation.id());
    if (bells != null) {
      bells.forEach(bell -> bell.accept(operation));
    }
  }
}
