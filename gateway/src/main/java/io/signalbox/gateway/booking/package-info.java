/**
 * Bookings: what is asked for, how a booking lives on by its own state after it was made, what
 * changes it, and what is told of it while its provider cannot be asked. The saga that makes one is
 * in {@code operation}.
 */
@NullMarked
package io.signalbox.gateway.booking;

import org.jspecify.annotations.NullMarked;
