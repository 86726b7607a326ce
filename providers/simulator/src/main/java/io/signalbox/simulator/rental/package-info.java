/**
 * What simulated services that rent telephone numbers have in common: stock, orders, money and the
 * messages that come in, but no word of any protocol.
 */
@NullMarked
package io.signalbox.simulator.rental;

import org.jspecify.annotations.NullMarked;
