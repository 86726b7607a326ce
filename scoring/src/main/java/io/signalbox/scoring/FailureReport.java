package io.signalbox.scoring;

/**
 * What the {@link FailureDetector} saw in the last minute.
 *
 * @param attempts counted attempts (not the neutral ones)
 * @param failures those that failed
 * @param failureRate failures / attempts, 0 to 1; 0 when there are no attempts
 * @param severity the grade
 * @param degraded whether over 25% failed
 */
public record FailureReport(
    int attempts, int failures, double failureRate, Severity severity, boolean degraded) {}
