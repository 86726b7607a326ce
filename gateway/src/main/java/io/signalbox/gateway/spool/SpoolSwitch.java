package io.signalbox.gateway.spool;

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

  boolean isSpooling() {
    return spooling.get();
  }

  /** From now on, into the spool; false if it is so already. */
  boolean spool(String why) {
    boolean changed = spooling.compareAndSet(false, true);
    if (changed) {
      LOG.warn("PostgreSQL is away, notifications go into the spool: {}", why);
    }
    return changed;
  }

  /** From now on, into the ledger. */
  void direct() {
    if (spooling.compareAndSet(true, false)) {
      LOG.info("PostgreSQL is back, notifications go into it again");
    }
  }
}
