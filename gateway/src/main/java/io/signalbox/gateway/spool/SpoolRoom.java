package io.signalbox.gateway.spool;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.SpoolLedger.Fill;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is in a spool, or on its way there, against its limits. Thread-safe. */
final class SpoolRoom {
  /** What a row takes beside its content, about. */
  static final long BYTES_EACH = 512;

  private final long maxEntries;
  private final long maxBytes;
  private final AtomicLong entries;
  private final AtomicLong bytes;

  SpoolRoom(long maxEntries, long maxBytes, Fill fill) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    this.entries = new AtomicLong(fill.entries());
    this.bytes = new AtomicLong(fill.bytes() + BYTES_EACH * fill.entries());
  }

  /** Takes room; false, and nothing is taken, if there is not enough. */
  synchronized boolean take(List<AcceptRequest> requests) {
    long size = sizeOf(requests);
    boolean fits = entries.get() + requests.size() <= maxEntries && bytes.get() + size <= maxBytes;
    if (fits) {
      entries.addAndGet(requests.size());
      bytes.addAndGet(size);
    }
    return fits;
  }

  /** Gives room back. */
  void giveBack(List<AcceptRequest> requests) {
    entries.addAndGet(-requests.size());
    bytes.addAndGet(-sizeOf(requests));
  }

  private static long sizeOf(List<AcceptRequest> requests) {
    long size = 0;
    for (AcceptRequest request : requests) {
      size += request.content().length() + BYTES_EACH;
    }
    return size;
  }

  long entries() {
    return entries.get();
  }

  long bytes() {
    return bytes.get();
  }

  /** Whether less than a hundredth of the room is left, or none. */
  boolean isFull() {
    return entries.get() >= maxEntries - maxEntries / 100
        || bytes.get() >= maxBytes - maxBytes / 100;
  }
}
