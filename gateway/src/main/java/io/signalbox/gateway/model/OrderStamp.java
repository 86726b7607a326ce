package io.signalbox.gateway.model;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * When an order was given, for all nodes to agree on which of two counts: the later one, and of two
 * of the same moment that with the greater id.
 *
 * @param atMillis epoch milliseconds by the clock of the node that it was given at, later than
 *     every order for the same that was known there
 * @param by id of that node's process
 */
public record OrderStamp(long atMillis, String by) implements Comparable<OrderStamp> {
  private static final Comparator<OrderStamp> ORDER =
      Comparator.comparingLong(OrderStamp::atMillis).thenComparing(OrderStamp::by);

  /** That of an order that is given now, where another may be known already. */
  public static OrderStamp after(@Nullable OrderStamp known, long nowMillis, String by) {
    return new OrderStamp(
        known == null ? nowMillis : Math.max(nowMillis, known.atMillis() + 1), by);
  }

  @Override
  public int compareTo(OrderStamp other) {
    return ORDER.compare(this, other);
  }
}
