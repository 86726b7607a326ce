package io.signalbox.gateway.model;

import java.util.Locale;

/** The kinds of trouble, each with the mode that it brings by itself. */
public enum DegradationCause {
  /** A provider of the channel takes no work, or fails too often. */
  PROVIDER_LOST(DegradationMode.PARTIAL),
  /** Much of what asks for the channel goes out over fallback channels. */
  FALLBACK_IN_USE(DegradationMode.PARTIAL),
  /** The disk is filling up. */
  DISK_LOW(DegradationMode.PARTIAL),
  /** Commits of the ledger take long. */
  LEDGER_SLOW(DegradationMode.PARTIAL),
  /** Redis is configured and does not answer. */
  REDIS_DOWN(DegradationMode.PARTIAL),
  /** No provider of the channel takes work. */
  NO_USABLE_PROVIDER(DegradationMode.DEGRADED),
  /** Every provider of the channel is lost or fails too often. */
  ALL_PROVIDERS_BAD(DegradationMode.DEGRADED),
  /** Too many attempts on the channel fail. */
  LOW_SUCCESS_RATE(DegradationMode.DEGRADED),
  /** Notifications of a lane wait too long. */
  BACKLOG_AGE(DegradationMode.DEGRADED),
  /** Webhooks are stored and take no effect. */
  WEBHOOKS_STALLED(DegradationMode.DEGRADED),
  /** The ledger is away, or has just come back: notifications wait in the spool. */
  SPOOLING(DegradationMode.DEGRADED),
  /** Work is due and nothing is done. */
  WORK_STALLED(DegradationMode.CRITICAL),
  /** So many notifications wait that no more are taken. */
  BACKLOG_FULL(DegradationMode.CRITICAL),
  /** The disk is so full that no notifications are taken. */
  DISK_FULL(DegradationMode.CRITICAL),
  /** The ledger is away and the spool takes no more notifications. */
  SPOOL_FULL(DegradationMode.CRITICAL),
  /** The ledger does not answer, or cannot write. */
  LEDGER_DOWN(DegradationMode.CRITICAL),
  /** No channel has a usable provider. */
  NO_CHANNEL_WORKS(DegradationMode.CRITICAL);

  private final DegradationMode mode;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  DegradationCause(DegradationMode mode) {
    this.mode = mode;
  }

  /** The mode that it brings by itself. */
  public DegradationMode mode() {
    return mode;
  }

  /** The lower-case name used in the API, in logs and in the ledger. */
  public String wireName() {
    return wireName;
  }
}
