package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A notification that a person must decide about.
 *
 * @param state {@code dead_letter}, or {@code held} if its unknown outcome was left to a person
 * @param diedAtMillis when it became one
 * @param attempts how often it was tried
 * @param reason why it ended, such as {@code rounds_exhausted}
 * @param lastProvider who tried it last; null if nobody did
 * @param lastError the last attempt's code and message; null if there was none
 */
public record DeadLetter(
    NotificationId id,
    String type,
    Channel channel,
    Priority priority,
    NotificationState state,
    long acceptedAtMillis,
    long diedAtMillis,
    int attempts,
    String reason,
    @Nullable String lastProvider,
    @Nullable String lastError) {}
