package io.signalbox.gateway.config;

import java.time.Duration;

/**
 * Where notifications go while PostgreSQL is away.
 *
 * @param maxEntries how many notifications it may hold; 0 for no spool
 * @param maxBytes how much it may hold
 * @param patience how long a notification waits for PostgreSQL before it goes there
 * @param retryInterval how often PostgreSQL is tried while something waits
 */
public record SpoolSettings(
    long maxEntries, long maxBytes, Duration patience, Duration retryInterval) {}
