package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;

/**
 * What a step really led to.
 *
 * @param applied whether the step was taken; if not, something else has settled the notification
 *     meanwhile: a receipt, a cancellation, another step
 * @param state the state now
 */
public record Settled(boolean applied, NotificationState state) {}
