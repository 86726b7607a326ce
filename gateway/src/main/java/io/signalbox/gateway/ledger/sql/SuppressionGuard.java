package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.SendNotification;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Keeps messages from recipients that are on the suppression list, and says so in the timeline. */
final class SuppressionGuard {
  private static final String LEFT_OUT = "channel_suppressed";
  private static final String IGNORED = "suppression_ignored";

  private SuppressionGuard() {}

  /**
   * Why a notification can go nowhere: the reason against its own channel if every channel that it
   * may take is closed; null if one is open.
   */
  static @Nullable SuppressionReason againstAll(WriteSession session, AcceptRequest request)
      throws SQLException {
    SendNotification notification = request.notification();
    if (session.suppressions().isEmpty() || notification.ignoreSuppression()) {
      return null;
    }
    SuppressionReason reason = against(session, notification, notification.channel());
    if (reason != null) {
      for (Channel fallback : request.fallbackChannels()) {
        if (against(session, notification, fallback) == null) {
          return null;
        }
      }
    }
    return reason;
  }

  private static @Nullable SuppressionReason against(
      WriteSession session, SendNotification notification, Channel channel) throws SQLException {
    return session
        .suppressions()
        .reasonAgainst(notification.tenant(), channel, notification.recipientFor(channel));
  }

  /** Why an attempt may not begin; null if it may. */
  static @Nullable SuppressionReason against(
      WriteSession session, NotificationRow row, AttemptStart start) throws SQLException {
    if (session.suppressions().isEmpty()) {
      return null;
    }
    SuppressionReason reason =
        session.suppressions().reasonAgainst(row.tenant(), start.channel(), start.recipient());
    if (reason == null) {
      return null;
    }
    session
        .events()
        .insertIfNew(
            row.id().key(),
            start.startedAtMillis(),
            start.ignoreSuppression() ? IGNORED : LEFT_OUT,
            start.channel().wireName() + ": " + reason.wireName());
    return start.ignoreSuppression() ? null : reason;
  }
}
