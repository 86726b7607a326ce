package io.signalbox.simulator.rental;

import java.time.Duration;

/**
 * What a service grants its customers.
 *
 * @param lifetime how long a number is rented; holds for orders that begin afterwards
 * @param noCancelBefore how long an order must have lasted before it can be given back
 * @param codesComeIn whether messages come in by themselves, some time after a number was rented or
 *     another message was asked for
 */
public record Terms(Duration lifetime, Duration noCancelBefore, boolean codesComeIn) {}
