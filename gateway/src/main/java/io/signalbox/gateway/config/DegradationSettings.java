package io.signalbox.gateway.config;

import java.time.Duration;

/**
 * Degradation modes.
 *
 * @param enterAfter how long facts are bad before a mode is entered
 * @param leaveAfter how long facts are better before a mode is left
 * @param minSuccessRate share of a channel's attempts below which it is degraded, 0 to 1
 * @param minAttempts attempts in the last minute before that share counts
 * @param maxFallbackShare share of attempts that may go over fallback channels, 0 to 1
 * @param maxBacklogAgeUrgent how long urgent notifications may be due
 * @param maxBacklogAge how long those of high and normal priority may
 * @param maxBacklogAgeLow how long those of low priority and items of batches may
 * @param lowDiskBytes free space in the data directory below which the disk is low
 * @param slowCommit a commit of the ledger that takes longer is slow
 * @param metricsInterval how often rows are written to {@code failure_metrics}
 * @param retention how long these rows are kept
 * @param texts what answers say to people
 */
public record DegradationSettings(
    Duration enterAfter,
    Duration leaveAfter,
    double minSuccessRate,
    int minAttempts,
    double maxFallbackShare,
    Duration maxBacklogAgeUrgent,
    Duration maxBacklogAge,
    Duration maxBacklogAgeLow,
    long lowDiskBytes,
    Duration slowCommit,
    Duration metricsInterval,
    Duration retention,
    NoticeTexts texts) {}
