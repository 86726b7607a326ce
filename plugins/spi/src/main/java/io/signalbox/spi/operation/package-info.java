/**
 * What a provider of synchronous operations is written against: renting a telephone number and
 * creating a booking, where a caller waits for the result and doing it twice costs money.
 */
@NullMarked
package io.signalbox.spi.operation;

import org.jspecify.annotations.NullMarked;
