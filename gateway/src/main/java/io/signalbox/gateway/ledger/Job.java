package io.signalbox.gateway.ledger;

import java.util.Locale;

/** What one node at a time does for all that share a ledger. */
public enum Job {
  /** Deleting what was kept for long enough. */
  RETENTION,
  /** Sending events to callback endpoints. */
  CALLBACKS,
  /** Asking providers about messages that no final receipt has come for. */
  LOOKUPS,
  /** Recording how the degradation mode moves. */
  HISTORY,
  /** Making tables' partitions ahead of their time. */
  PARTITIONS,
  /** Looking again at receipts that no attempt was known for. */
  MATCHING,
  /** Asking providers what numbers they have to rent. */
  OFFERS;

  /** The word in the ledger. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
