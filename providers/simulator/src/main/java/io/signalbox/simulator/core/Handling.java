package io.signalbox.simulator.core;

/**
 * How a request is to be served.
 *
 * @param receipts whether webhooks follow
 * @param refuseRecipient whether any recipient is refused, in the provider's way
 * @param latencyMillis how long after its arrival the request will be answered
 */
public record Handling(boolean receipts, boolean refuseRecipient, long latencyMillis) {}
