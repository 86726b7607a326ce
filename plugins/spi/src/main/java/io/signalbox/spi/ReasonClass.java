package io.signalbox.spi;

import java.util.Locale;

/**
 * Why a message was refused or did not arrive, or why an operation was refused: the same words for
 * every provider.
 */
public enum ReasonClass {
  /** No reason applies, or none is known. */
  NONE,
  /** The address does not exist: never try it again. */
  HARD_BOUNCE,
  /** The address cannot take the message now: full, unreachable, over quota. */
  SOFT_BOUNCE,
  /** The recipient's side or the carrier blocks us or this content. */
  BLOCKED,
  /** The address is not of a form that can be delivered to. */
  INVALID_RECIPIENT,
  /** The content is not acceptable: too long, empty, bad markup. */
  INVALID_CONTENT,
  /** The recipient has asked for no more messages. */
  UNSUBSCRIBED,
  /** The recipient has complained. */
  COMPLAINT,
  /** Refused as spam. */
  SPAM,
  /** The provider, or the gateway itself, has the address on its suppression list. */
  SUPPRESSED,
  /** The message's time ran out on the way. */
  EXPIRED,
  /** The time that was to be booked is not free: another one may be. */
  SLOT_TAKEN,
  /** The sender's account or configuration is at fault. */
  CONFIGURATION;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** {@return the lower-case name used in the API, in events and in logs} */
  public String wireName() {
    return wireName;
  }
}
