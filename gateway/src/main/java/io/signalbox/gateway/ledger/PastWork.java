package io.signalbox.gateway.ledger;

import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.util.List;

/**
 * A notification with which nothing is to be done any more, as a back-test needs it.
 *
 * @param key of its id
 * @param channels the channel asked for, then its fallback channels
 * @param attempts in order, each with its end
 */
public record PastWork(long key, List<Channel> channels, List<Attempt> attempts) {
  /** Copies the lists. */
  public PastWork {
    channels = List.copyOf(channels);
    attempts = List.copyOf(attempts);
  }

  /**
   * A page of the past, in the order of acceptance.
   *
   * @param work what was found
   * @param lastKey where the next page begins after
   * @param more whether there may be more
   */
  public record Page(List<PastWork> work, long lastKey, boolean more) {
    /** Copies the list. */
    public Page {
      work = List.copyOf(work);
    }
  }

  /**
   * An attempt.
   *
   * @param tookMillis from its begin to its end
   * @param confirmedAfterMillis for an unknown outcome: how long after its end the first receipt
   *     said that it arrived; -1 if none did
   * @param undelivered whether receipts say for good that it did not arrive
   */
  public record Attempt(
      Channel channel,
      String provider,
      long startedAtMillis,
      long tookMillis,
      OutcomeKind outcome,
      long confirmedAfterMillis,
      boolean undelivered) {}
}
