package io.signalbox.gateway.call;

import java.util.Locale;

/** The kinds of calls, as {@code provider_requests.request_type} names them. */
public enum RequestType {
  /** Rents a number; costs money. */
  RENT(true, false),
  /** Looks for what an attempt made whose answer never came. */
  FIND(false, true),
  /** Asks how a rental stands. */
  STATUS(false, true),
  /** Gives a rental back, or calls a booking off. */
  CANCEL(true, true),
  /** Ends a rental whose code came. */
  FINISH(true, true),
  /** Asks a rental for one more code. */
  RETRY(true, false),
  /** Asks what there is to rent. */
  OFFERS(false, false),
  /** Creates a booking. */
  BOOK(true, false),
  /** Reads a booking. */
  READ(false, true),
  /** Moves a booking. */
  RESCHEDULE(true, false);

  private final boolean changes;
  private final boolean settles;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  RequestType(boolean changes, boolean settles) {
    this.changes = changes;
    this.settles = settles;
  }

  /** The word in the ledger, in metrics and in logs. */
  public String wireName() {
    return wireName;
  }

  /** Whether it changes something at the provider, so that its outcome can be unknown. */
  public boolean changes() {
    return changes;
  }

  /**
   * Whether it winds up what has begun: learns what became of it, or ends it. A provider's open
   * breaker keeps new work away, and lets these through slowly; otherwise an unknown outcome would
   * stay unknown, and an unwanted rental would go on to cost money, until the breaker closes.
   */
  public boolean settles() {
    return settles;
  }

  /**
   * Whether a plugin makes many requests for it, one after the other. The time-out of a provider is
   * meant for one request: it does not bound such a call, whose own time-out says nothing of a
   * provider's health.
   */
  public boolean isSeries() {
    return this == OFFERS;
  }

  /** Whether it is a rental or booking that is asked for, which the saga records itself. */
  public boolean begins() {
    return this == RENT || this == BOOK;
  }
}
