package io.signalbox.gateway.api;

import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Scope;
import io.signalbox.gateway.security.Scopes;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.SendNotification;
import org.jspecify.annotations.Nullable;

/** Keeps those who may send over some channels only to these. */
final class SendingScope {
  private SendingScope() {}

  /**
   * Why a notification may not be sent: its own channel, or one that it may take after that, by
   * itself or by its policy.
   *
   * @return null if it may
   */
  static @Nullable String refusal(
      ApiServices services, Caller caller, SendNotification notification) {
    Scopes scopes = caller.scopes();
    if (scopes.allows(Scope.NOTIFICATIONS_WRITE)) {
      return null;
    }
    if (!scopes.sendsOver(notification.channel())) {
      return lacking(notification.channel());
    }
    for (Channel channel : services.intake().fallbackChannels(notification)) {
      if (!scopes.sendsOver(channel)) {
        return lacking(channel);
      }
    }
    return null;
  }

  private static String lacking(Channel channel) {
    return "this notification needs the scope "
        + Scope.NOTIFICATIONS_WRITE.wireName()
        + ":"
        + channel.wireName()
        + ", which the credential does not have";
  }
}
