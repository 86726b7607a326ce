package io.signalbox.simulator.core;

/**
 * How a request is to be served.
 *
 * @param receipts whether webhooks follow
 * @param delivers whether the message, once taken, reaches its recipient
 * @param refuseRecipient whether any recipient is refused, in the provider's way
 * @param latencyMillis how long after its arrival the request will be answered
 */
public record Handling(
    boolean receipts, boolean delivers, boolean refuseRecipient, long latencyMillis) {

  /** How a mode serves the requests that it applies to. */
  public static Handling of(FaultMode mode, long latencyMillis) {
    boolean delivers = mode != FaultMode.SWALLOW;
    return new Handling(
        delivers && mode != FaultMode.SILENT, delivers, mode == FaultMode.REJECT, latencyMillis);
  }
}
