package io.signalbox.gateway.config;

import java.time.Duration;

/**
 * Bookings.
 *
 * @param freshFor for how long what a provider said of a booking is told without asking it again
 * @param staleFor how old what is known may be where the provider cannot be asked
 * @param queueFor how long a booking waits for a provider that can be asked where its caller wants
 *     that and does not say how long
 * @param queueForMost more is not granted
 */
public record BookingSettings(
    Duration freshFor, Duration staleFor, Duration queueFor, Duration queueForMost) {}
