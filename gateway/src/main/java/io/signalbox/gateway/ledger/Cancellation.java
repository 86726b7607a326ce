package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import org.jspecify.annotations.Nullable;

/**
 * What came of calling a notification back.
 *
 * @param kind what was done
 * @param state where the notification stands now; null if there is none
 * @param reason why it is in its state; null if the state says all
 * @param channel what it was asked for; null if there is none
 */
public record Cancellation(
    Kind kind,
    @Nullable NotificationState state,
    @Nullable String reason,
    @Nullable Channel channel) {

  /** There is no such notification, or it is another tenant's. */
  public static final Cancellation NONE = new Cancellation(Kind.NO_SUCH, null, null, null);

  /** Kinds of results. */
  public enum Kind {
    /** The tenant has no notification of that id. */
    NO_SUCH,
    /** It is cancelled now. */
    CANCELLED,
    /** It was cancelled before. */
    REPEATED,
    /** An attempt is under way; when it ends, none follows. */
    WISHED,
    /** It was sent, or has ended: nothing is changed. */
    TOO_LATE
  }
}
