package io.signalbox.gateway.ledger;

/**
 * How many notifications a routing policy began and doubled in one minute.
 *
 * @param policy its name
 * @param minuteMillis when the minute began
 * @param begun notifications whose first attempt began
 * @param doubled notifications whose first attempt began that may double an earlier one
 */
public record PolicyUse(String policy, long minuteMillis, int begun, int doubled) {}
