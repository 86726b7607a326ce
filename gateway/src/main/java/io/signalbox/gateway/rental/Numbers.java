package io.signalbox.gateway.rental;

import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.operation.OperationMarket;
import io.signalbox.gateway.operation.Operations;

/**
 * All that renting numbers takes. Thread-safe.
 *
 * @param market who rents numbers
 * @param operations where a rent begins
 * @param desk where a rental is read, changed and ended
 * @param ledger what there was
 */
public record Numbers(
    OperationMarket market, Operations operations, RentalDesk desk, OperationLedger ledger) {}
