package io.signalbox.simulator.rental;

/**
 * What can be rented.
 *
 * @param country in the service's own words
 * @param service in the service's own words
 */
public record Good(String country, String service) {}
