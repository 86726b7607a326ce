package io.signalbox.gateway.redis;

import org.jspecify.annotations.Nullable;

/**
 * Redis did not answer: it is not connected, was too slow, or cannot serve. Whether the command was
 * carried out is not known unless it was refused before it was sent.
 */
public final class RedisUnavailableException extends RuntimeException {

  /** Tells why. */
  public RedisUnavailableException(String reason) {
    this(reason, null);
  }

  /** Tells why, and what brought it up. */
  public RedisUnavailableException(String reason, @Nullable Throwable cause) {
    super(reason, cause, false, false);
  }
}
