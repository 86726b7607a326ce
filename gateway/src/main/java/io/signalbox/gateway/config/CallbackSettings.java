package io.signalbox.gateway.config;

import java.time.Duration;
import java.util.List;

/**
 * Callbacks.
 *
 * @param allowHttp whether URLs may be without TLS
 * @param allowedNetworks networks that are not public and may be called all the same
 * @param perMessage whether messages can name addresses of their own
 * @param timeout how long an endpoint may take to answer
 * @param retryDelays waits before the second and later attempts
 * @param concurrency how many are under way at a time to one endpoint
 * @param disableAfter how long nothing may succeed before an endpoint is disabled
 * @param secretOverlap how long an old secret signs too
 * @param retention how long events and delivery logs are kept
 */
public record CallbackSettings(
    boolean allowHttp,
    List<IpNetwork> allowedNetworks,
    PerMessage perMessage,
    Duration timeout,
    List<Duration> retryDelays,
    int concurrency,
    Duration disableAfter,
    Duration secretOverlap,
    Duration retention) {

  /** Whether messages can name addresses of their own, for which their API keys are kept. */
  public enum PerMessage {
    ON,
    /** Only while the ledger seals what it stores. */
    SEALED,
    OFF;

    /** Whether API keys are kept by a ledger that seals what it stores, or does not. */
    public boolean keepsKeys(boolean seals) {
      return this == ON || (this == SEALED && seals);
    }
  }

  /** Copies the lists. */
  public CallbackSettings {
    allowedNetworks = List.copyOf(allowedNetworks);
    retryDelays = List.copyOf(retryDelays);
  }
}
