package io.signalbox.simulator.rental;

import java.math.BigDecimal;

/**
 * At what price something was sold.
 *
 * @param price what it costs
 * @param isFree whether it is one of the prices that the customer may bid up to, not the fixed one
 */
public record Bid(BigDecimal price, boolean isFree) {}
