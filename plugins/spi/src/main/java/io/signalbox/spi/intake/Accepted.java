package io.signalbox.spi.intake;

/**
 * The answer to a notification that was stored durably.
 *
 * @param id the notification's id, a UUIDv7
 * @param status its state, such as {@code queued} or {@code scheduled}
 * @param duplicate whether an earlier request with the same idempotency key was answered again
 */
public record Accepted(String id, String status, boolean duplicate) {}
