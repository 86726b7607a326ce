package io.signalbox.gateway.ledger;

import io.signalbox.spi.Channel;
import io.signalbox.spi.ReasonClass;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a receipt says of the provider that accepted the message: told once for each message.
 *
 * @param provider the provider's id
 * @param channel the channel of the attempt
 * @param acceptedAtMillis when the provider had accepted it
 * @param delivered whether it was delivered; if not, the recipient or the content was at fault
 * @param atMillis when it was delivered, by the provider's clock within what ours allows
 */
public record DeliveryNews(
    String provider, Channel channel, long acceptedAtMillis, boolean delivered, long atMillis) {

  private static final Set<ReasonClass> NOT_THE_PROVIDERS_FAULT =
      EnumSet.of(
          ReasonClass.HARD_BOUNCE,
          ReasonClass.SOFT_BOUNCE,
          ReasonClass.INVALID_RECIPIENT,
          ReasonClass.INVALID_CONTENT,
          ReasonClass.UNSUBSCRIBED,
          ReasonClass.COMPLAINT,
          ReasonClass.SUPPRESSED);

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
