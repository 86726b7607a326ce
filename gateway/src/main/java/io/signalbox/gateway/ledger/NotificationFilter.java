package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Which notifications are looked for; every part that is not null must fit.
 *
 * @param tenant whose
 * @param channel on which they are now
 * @param provider who tried last
 * @param recipient any of its addresses, as {@link Addressee#normal} has it; personal data
 * @param fromMillis only those accepted at or after this time; 0 for all
 * @param untilMillis only those accepted before this time; {@link Long#MAX_VALUE} for all
 */
public record NotificationFilter(
    String tenant,
    @Nullable NotificationState state,
    @Nullable Channel channel,
    @Nullable String provider,
    @Nullable String recipient,
    long fromMillis,
    long untilMillis) {

  /** Names no recipient. */
  @Override
  public String toString() {
    return "NotificationFilter[tenant=" + tenant + "]";
  }
}
