package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.ledger.Decision;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;

/** What can be done for a notification now. */
sealed interface Plan {

  /** Try this provider. */
  record Try(BoardEntry provider, Channel channel, Recipient recipient, Decision decision)
      implements Plan {}

  /** A provider that could take it has no permit free: wait for it. */
  record WaitForPermit(BoardEntry provider) implements Plan {}

  /**
   * Nobody is left to try in this round.
   *
   * @param exhausted whether nobody will be in a later one either: the time of every channel is
   *     over
   * @param cooledAtMillis when the first of those that only cool down may be tried again; {@link
   *     Long#MAX_VALUE} if none does
   * @param availableAtMillis when somebody may be available again; {@link Long#MAX_VALUE} if nobody
   *     knows
   * @param reason why nobody is left, in short
   */
  record NobodyLeft(boolean exhausted, long cooledAtMillis, long availableAtMillis, String reason)
      implements Plan {
    /** The reason if all who could be had have refused it for good. */
    static final String REJECTED = "rejected";

    /** Nobody can be had on a channel, not in a later round either. */
    static NobodyLeft never(String reason) {
      return new NobodyLeft(true, Long.MAX_VALUE, Long.MAX_VALUE, reason);
    }

    /** Nobody is left here nor there; the reason is the first one's. */
    NobodyLeft and(NobodyLeft other) {
      return new NobodyLeft(
          exhausted && other.exhausted,
          Math.min(cooledAtMillis, other.cooledAtMillis),
          Math.min(availableAtMillis, other.availableAtMillis),
          reason);
    }

    /** Nobody can be had on a channel now, and nobody knows when somebody will be. */
    static NobodyLeft unforeseen(String reason) {
      return new NobodyLeft(false, Long.MAX_VALUE, Long.MAX_VALUE, reason);
    }
  }
}
