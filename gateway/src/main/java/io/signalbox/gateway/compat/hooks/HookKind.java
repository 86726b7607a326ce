package io.signalbox.gateway.compat.hooks;

import io.signalbox.spi.ReasonClass;

/** What an event means to an application that knows a provider's webhooks. */
public enum HookKind {
  /** Taken over by whoever delivers it. */
  SENT,
  /** Is being tried again by whoever delivers it. */
  DEFERRED,
  DELIVERED,
  /** Will not arrive: the reason says why. */
  FAILED,
  /** Its time ran out. */
  EXPIRED,
  /** Called back by the application. */
  CANCELLED,
  OPENED,
  CLICKED,
  READ,
  COMPLAINED,
  UNSUBSCRIBED;

  /** Why something failed, as coarse as providers tell it. */
  enum Fault {
    /** The address does not exist. */
    ADDRESS,
    /** The address takes nothing now. */
    MAILBOX,
    /** The other side or the carrier does not want it. */
    BLOCKED,
    /** The content is at fault. */
    CONTENT,
    /** A suppression list has the address. */
    SUPPRESSED,
    /** The recipient has asked for no more. */
    UNSUBSCRIBED,
    /** The recipient has complained before. */
    COMPLAINED,
    /** Time ran out on the way. */
    EXPIRED,
    /** Anything else. */
    OTHER;

    static Fault of(ReasonClass reason) {
      return switch (reason) {
        case HARD_BOUNCE, INVALID_RECIPIENT -> ADDRESS;
        case SOFT_BOUNCE -> MAILBOX;
        case BLOCKED, SPAM -> BLOCKED;
        case INVALID_CONTENT -> CONTENT;
        case SUPPRESSED -> SUPPRESSED;
        case UNSUBSCRIBED -> UNSUBSCRIBED;
        case COMPLAINT -> COMPLAINED;
        case EXPIRED -> EXPIRED;
        case NONE, SLOT_TAKEN, CONFIGURATION -> OTHER;
      };
    }
  }
}
