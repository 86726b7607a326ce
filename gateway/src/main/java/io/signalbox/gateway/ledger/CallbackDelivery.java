package io.signalbox.gateway.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One line of an endpoint's delivery log.
 *
 * @param key the place in the log, growing with time
 * @param eventId the event's id
 * @param type the event's type
 * @param occurredAtMillis the event's own time
 * @param attempts how often it was tried since it was asked for
 * @param dueAtMillis when it is tried next; 0 unless pending
 * @param attemptedAtMillis the last attempt; 0 if there was none
 * @param tookMillis how long that took
 * @param httpStatus what the endpoint answered; 0 if it did not
 * @param error what went wrong, a short lower-case word; null if nothing did
 */
public record CallbackDelivery(
    long key,
    String eventId,
    String type,
    long occurredAtMillis,
    DeliveryState state,
    int attempts,
    long dueAtMillis,
    long attemptedAtMillis,
    long tookMillis,
    int httpStatus,
    @Nullable String error) {}
