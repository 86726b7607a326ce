package io.signalbox.gateway.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long what is over is kept.
 *
 * @param notifications finished notifications, with all they have
 * @param contents the contents of finished notifications; empty if they go with the rest
 * @param idempotencyKeys keys of notifications; a key without its notification is of no use
 * @param requestKeys keys of other requests, with their answers
 * @param breakerEvents transitions of breakers
 * @param audit lines of the audit log; empty: for ever
 * @param interval how often older ones are looked for
 * @param maxShare share of the time that removing may take, over 0 and at most 1
 */
public record RetentionSettings(
    Duration notifications,
    Optional<Duration> contents,
    Duration idempotencyKeys,
    Duration requestKeys,
    Duration breakerEvents,
    Optional<Duration> audit,
    Duration interval,
    double maxShare) {}
