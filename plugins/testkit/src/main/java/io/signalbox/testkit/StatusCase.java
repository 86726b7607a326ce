package io.signalbox.testkit;

import io.signalbox.spi.operation.RentalStatus;

/**
 * A documented answer about a rental and what it says.
 *
 * @param name of the test
 * @param reply what the API answers
 * @param status what that means
 */
public record StatusCase(String name, Reply reply, RentalStatus status) {}
