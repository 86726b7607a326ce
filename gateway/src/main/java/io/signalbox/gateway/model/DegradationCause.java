package io.signalbox.gateway.model;

import java.util.Locale;

/** The kinds of trouble, each with the mode that it brings by itself. */
public enum DegradationCause {
  /** A provider of the channel takes no work, or fails too often. */
  PROVIDER_LOST(DegradationMode.PARTIAL, "a provider is lost or fails too often"),
  /** Much of what asks for the channel goes out over fallback channels. */
  FALLBACK_IN_USE(DegradationMode.PARTIAL, "much goes out over fallback channels"),
  /** The disk is filling up. */
  DISK_LOW(DegradationMode.PARTIAL, "the disk is filling up"),
  /** Commits of the ledger take long. */
  LEDGER_SLOW(DegradationMode.PARTIAL, "the ledger is slow"),
  /** Redis is configured and does not answer. */
  REDIS_DOWN(DegradationMode.PARTIAL, "Redis does not answer"),
  /** No provider of the channel takes work. */
  NO_USABLE_PROVIDER(DegradationMode.DEGRADED, "no provider takes work"),
  /** Every provider of the channel is lost or fails too often. */
  ALL_PROVIDERS_BAD(DegradationMode.DEGRADED, "every provider is lost or fails too often"),
  /** Too many attempts on the channel fail. */
  LOW_SUCCESS_RATE(DegradationMode.DEGRADED, "too many attempts fail"),
  /** Notifications of a lane wait too long. */
  BACKLOG_AGE(DegradationMode.DEGRADED, "notifications wait too long"),
  /** Webhooks are stored and take no effect. */
  WEBHOOKS_STALLED(DegradationMode.DEGRADED, "webhooks take no effect"),
  /** The ledger is away, or has just come back: notifications wait in the spool. */
  SPOOLING(DegradationMode.DEGRADED, "notifications wait in the spool"),
  /** Work is due and nothing is done. */
  WORK_STALLED(DegradationMode.CRITICAL, "nothing is done"),
  /** So many notifications wait that no more are taken. */
  BACKLOG_FULL(DegradationMode.CRITICAL, "so many wait that no more are taken"),
  /** The disk is so full that no notifications are taken. */
  DISK_FULL(DegradationMode.CRITICAL, "the disk is so full that nothing is taken"),
  /** The ledger is away and the spool takes no more notifications. */
  SPOOL_FULL(DegradationMode.CRITICAL, "the spool takes no more"),
  /** The ledger does not answer, or cannot write. */
  LEDGER_DOWN(DegradationMode.CRITICAL, "the ledger does not answer, or cannot write"),
  /** No channel has a usable provider. */
  NO_CHANNEL_WORKS(DegradationMode.CRITICAL, "no channel has a usable provider");

  private final DegradationMode mode;
  private final String words;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  DegradationCause(DegradationMode mode, String words) {
    this.mode = mode;
    this.words = words;
  }

  /** What it means, for people. */
  public String words() {
    return words;
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
