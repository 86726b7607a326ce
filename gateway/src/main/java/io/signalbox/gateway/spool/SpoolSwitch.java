package io.signalbox.gateway.spool;

import io.signalbox.gateway.ledger.LedgerUnavailableException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says where notifications go: into the ledger, or, from its first failure until it has taken
 * nearly all that was spooled, into the spool. So nobody waits for a ledger that is known to be
 * away. Thread-safe.
 */
final class SpoolSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolSwitch.class);

  private final AtomicBoolean spooling = new AtomicBoolean();
  private volatile boolean fenced;

  boolean isSpooling() {
    return spooling.get();
  }

  /** Whether the ledger works, and only takes nothing from a node that was taken for dead. */
  boolean isFenced() {
    return fenced;
  }

  /** What the last try has shown of the ledger. */
  void learn(Throwable failure) {
    fenced = failure instanceof LedgerUnavailableException unavailable && unavailable.isFenced();
  }

  /** From now on, into the spool; false if it is so already. */
  boolean spool(Throwable why) {
    boolean changed = spooling.compareAndSet(false, true);
    if (changed) {
      learn(why);
      LOG.warn(
          "{}, notifications go into the spool: {}",
          fenced ? "others have taken this node for dead" : "PostgreSQL is away",
          why.getMessage());
    }
    return changed;
  }

  /** From now on, into the ledger. */
  void direct() {
    if (spooling.compareAndSet(true, false)) {
      LOG.info("notifications go into PostgreSQL again");
    }
  }
}
