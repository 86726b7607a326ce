package io.signalbox.gateway.config;

import java.time.Duration;

/**
 * How notifications wait for dispatch.
 *
 * @param engine which queue
 * @param laneLimit how many entries the stream of a lane may hold; the ledger holds the rest
 * @param delayedLimit how many notifications that are due soon may be held beside the streams
 * @param deadLetterLimit about how many entries the stream of dead letters keeps
 * @param claimAfter how long an entry's consumer may give no sign before others take the entry over
 */
public record QueueSettings(
    Engine engine, int laneLimit, int delayedLimit, int deadLetterLimit, Duration claimAfter) {

  /** Which queue. */
  public enum Engine {
    /** Redis if there is one and the ledger is one that gateways can share. */
    AUTO,
    /** Lanes in memory over the ledger. */
    LEDGER,
    /** Streams in Redis over the ledger. */
    REDIS
  }
}
