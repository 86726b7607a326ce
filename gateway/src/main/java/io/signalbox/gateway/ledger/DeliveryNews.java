package io.signalbox.gateway.ledger;

import io.signalbox.spi.Channel;
import io.signalbox.spi.ReasonClass;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a receipt says of the provider that accepted the message. Of each message one receipt at
 * most counts, the first that says whether it arrived; all that came by webhook show that webhooks
 * reach us.
 *
 * @param provider the provider's id
 * @param channel the channel of the attempt
 * @param acceptedAtMillis when the provider had accepted it
 * @param verdict what it says
 * @param atMillis when that happened, by the provider's clock within what ours allows
 * @param heardAtMillis when the receipt reached us
 * @param lookedUp whether we have asked for it, so that it does not show that webhooks reach us
 */
public record DeliveryNews(
    String provider,
    Channel channel,
    long acceptedAtMillis,
    Verdict verdict,
    long atMillis,
    long heardAtMillis,
    boolean lookedUp) {

  /** What one receipt says of a provider. */
  public enum Verdict {
    /** It has delivered the message then. */
    DELIVERED,
    /** It must have delivered the message before: it was opened, read or clicked. */
    SEEN,
    /** The message was not delivered, and the recipient or the content is to blame. */
    EXCUSED,
    /** Nothing that counts. */
    NONE
  }

  private static final Set<ReasonClass> NOT_THE_PROVIDERS_FAULT =
      EnumSet.of(
          ReasonClass.HARD_BOUNCE,
          ReasonClass.SOFT_BOUNCE,
          ReasonClass.INVALID_RECIPIENT,
          ReasonClass.INVALID_CONTENT,
          ReasonClass.UNSUBSCRIBED,
          ReasonClass.COMPLAINT,
          ReasonClass.SUPPRESSED,
          ReasonClass.SLOT_TAKEN);

  /** Whether a message that was not delivered for that reason says nothing of its provider. */
  public static boolean isExcused(ReasonClass reason) {
    return NOT_THE_PROVIDERS_FAULT.contains(reason);
  }

  /** The provider's time of an event, unless its clock contradicts ours. */
  public static long within(long acceptedAtMillis, long occurredAtMillis, long receivedAtMillis) {
    return occurredAtMillis < acceptedAtMillis || occurredAtMillis > receivedAtMillis
        ? Math.max(acceptedAtMillis, receivedAtMillis)
        : occurredAtMillis;
  }
}
