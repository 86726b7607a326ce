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
   * @param availableAtMillis when somebody may be available again; {@link Long#MAX_VALUE} if nobody
   *     knows
   * @param reason why nobody is left, in short
   */
  record NobodyLeft(long availableAtMillis, String reason) implements Plan {}
}
