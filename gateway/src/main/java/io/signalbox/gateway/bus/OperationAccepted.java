package io.signalbox.gateway.bus;

import io.signalbox.gateway.ledger.Operation;

/**
 * Tells of an operation that was just stored. A doorbell: if it is lost, a sweep finds the
 * operation in the ledger.
 */
public record OperationAccepted(Operation operation) implements LocalMessage {}
