package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.OperationLedger.OpenOperations;
import io.signalbox.spi.Channel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets operations in as long as not too many of their kind are open on this node. It counts what
 * comes and ends, and is put right by what is read from the ledger. Thread-safe.
 */
final class OperationGate {
  private final int most;
  private final Map<Channel, AtomicLong> open = new EnumMap<>(Channel.class);

  /**
   * Makes one that knows of no operation.
   *
   * @param most how many of each kind
   */
  OperationGate(int most) {
    this.most = most;
    for (Channel channel : Channel.values()) {
      open.put(channel, new AtomicLong());
    }
  }

  /** Lets one in; false if there is no room. */
  boolean enter(Channel kind) {
    AtomicLong its = of(kind);
    if (its.incrementAndGet() > most) {
      its.decrementAndGet();
      return false;
    }
    return true;
  }

  /** One that was let in has its end, or was not stored after all. */
  void leave(Channel kind) {
    of(kind).decrementAndGet();
  }

  /** So many there are. */
  void read(List<OpenOperations> newest) {
    open.forEach(
        (kind, count) ->
            count.set(
                newest.stream()
                    .filter(one -> one.kind() == kind)
                    .mapToLong(OpenOperations::count)
                    .sum()));
  }

  private AtomicLong of(Channel kind) {
    AtomicLong its = open.get(kind);
    if (its == null) {
      throw new IllegalArgumentException(kind.wireName());
    }
    return its;
  }
}
