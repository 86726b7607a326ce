package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import java.util.EnumMap;
import java.util.Map;

/**
 * Dead letters that a person's decision has moved.
 *
 * @param before how many of them stood in each state before; states without any are left out
 */
public record DeadLettersMoved(Map<NotificationState, Long> before) {
  /** None was moved. */
  public static final DeadLettersMoved NONE = new DeadLettersMoved(Map.of());

  /** Copies the map. */
  public DeadLettersMoved {
    before = Map.copyOf(before);
  }

  /** How many were moved. */
  public long count() {
    return before.values().stream().mapToLong(Long::longValue).sum();
  }

  /** These and others. */
  public DeadLettersMoved and(DeadLettersMoved others) {
    Map<NotificationState, Long> sum = new EnumMap<>(NotificationState.class);
    sum.putAll(before);
    others.before.forEach((state, more) -> sum.merge(state, more, Long::sum));
    return new DeadLettersMoved(sum);
  }
}
