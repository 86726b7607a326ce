package io.signalbox.gateway.ledger.postgres;

import java.util.UUID;

/**
 * How this process takes part in a shared ledger.
 *
 * @param name for people: where it runs
 * @param session of this process alone: the server's sessions of a node are found by it
 * @param timeoutMillis how long a node may be silent before others take it for dead
 */
record NodeOptions(String name, String session, long timeoutMillis) {
  private static final long TIMEOUT_MILLIS = 7_000;

  /** Checks the bounds. */
  NodeOptions {
    if (timeoutMillis < 100) {
      throw new IllegalArgumentException("a node is given at least 100 ms");
    }
  }

  /** With the usual time-out. */
  static NodeOptions of(String name) {
    return of(name, TIMEOUT_MILLIS);
  }

  /** A process that was just started. */
  static NodeOptions of(String name, long timeoutMillis) {
    String session = "signalbox-" + UUID.randomUUID().toString().substring(0, 13);
    return new NodeOptions(name, session, timeoutMillis);
  }

  /** How often a node tells that it lives, and looks who does. */
  long intervalMillis() {
    return Math.min(500, timeoutMillis / 8);
  }
}
