package io.signalbox.gateway.guard;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.function.Function;

/**
 * What plugins run on, and the bounds of their behaviour.
 *
 * @param vertx makes the Vert.x instance of one provider
 * @param blockedAfter how long its thread may be busy with one thing before it counts as blocked
 * @param blockedLimit how long it may be blocked before its provider is stopped
 * @param literalSecrets whether secrets may stand in provider files themselves
 * @param listeners makes the listener of one provider, by its id
 */
public record GuardSettings(
    Function<VertxOptions, Vertx> vertx,
    Duration blockedAfter,
    Duration blockedLimit,
    boolean literalSecrets,
    Function<String, GuardListener> listeners) {}
