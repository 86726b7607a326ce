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
  private volatile boolean full;

  SpoolRoom(long maxEntries, long maxBytes, Fill fill) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
    this.entries = new AtomicLong(fill.entries());
    this.bytes = new AtomicLong(fill.bytes() + BYTES_EACH * fill.entries());
    this.full = fill.entries() >= maxEntries || bytes.get() >= maxBytes;
  }

  /** Takes room; false, and nothing is taken, if there is not enough. */
  boolean take(List<AcceptRequest> requests) {
    long size = sizeOf(requests);
    boolean fits = entries.addAndGet(requests.size()) <= maxEntries;
    fits &= bytes.addAndGet(size) <= maxBytes;
    if (!fits) {
      give(requests.size(), size);
      full = true;
    }
    return fits;
  }

  /** Gives room back. */
  void giveBack(List<AcceptRequest> requests) {
    if (!requests.isEmpty()) {
      give(requests.size(), sizeOf(requests));
      full = false;
    }
  }

  private void give(long count, long size) {
    entries.addAndGet(-count);
    bytes.addAndGet(-size);
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

  /** Whether something was refused, and no room was given back since. */
  boolean isFull() {
    return full;
  }
}
