package io.signalbox.scoring;

/**
 * A candidate that could not be chosen.
 *
 * @param provider the provider's id
 * @param reason why, e.g. {@code breaker_open}, {@code tried}, {@code drained}
 */
public record Exclusion(String provider, String reason) {}
