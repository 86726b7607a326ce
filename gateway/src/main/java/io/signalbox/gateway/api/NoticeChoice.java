package io.signalbox.gateway.api;

import io.signalbox.gateway.degradation.DegradationView;
import io.signalbox.gateway.degradation.Notice;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.SendNotification;
import org.jspecify.annotations.Nullable;

/** What the answer to a notification that was taken says to people. */
final class NoticeChoice {
  private NoticeChoice() {}

  /**
   * The notice, or null: while all is normal, and for what is not to be sent now (again, later, or
   * not at all). Costs one volatile read while all is normal.
   */
  static @Nullable Notice of(
      ApiServices services, SendNotification notification, Accepted accepted) {
    DegradationView view = services.degradation();
    if (view.notice(notification.channel()) == null
        || accepted.duplicate()
        || !NotificationState.QUEUED.wireName().equals(accepted.status())) {
      return null;
    }
    return view.notice(notification.channel(), services.intake().fallbackChannels(notification));
  }
}
