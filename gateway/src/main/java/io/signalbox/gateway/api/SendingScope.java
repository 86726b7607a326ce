package io.signalbox.gateway.api;

import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Scope;
import io.signalbox.gateway.security.Scopes;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps those who may send over some channels only to these. */
final class SendingScope {
  private static final String CHANNEL = "channel";
  private static final String FALLBACKS = "fallback_channels";

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

  /**
   * Whether somebody may be told what became of the same request before, though it has mistakes by
   * now. The channels that it names are those that were asked for then.
   */
  static boolean mayAskFor(Caller caller, Buffer request) {
    if (caller.scopes().allows(Scope.NOTIFICATIONS_WRITE)) {
      return true;
    }
    try {
      return mayAskFor(caller, new JsonObject(request));
    } catch (DecodeException e) {
      return false;
    }
  }

  /** The same for one that was read already. */
  static boolean mayAskFor(Caller caller, JsonObject asked) {
    Scopes scopes = caller.scopes();
    if (scopes.allows(Scope.NOTIFICATIONS_WRITE)) {
      return true;
    }
    try {
      JsonArray named = asked.getJsonArray(FALLBACKS);
      List<Object> channels = new ArrayList<>();
      channels.add(asked.getString(CHANNEL));
      if (named != null) {
        named.forEach(channels::add);
      }
      return channels.stream()
          .allMatch(
              name ->
                  name instanceof String word
                      && Channel.find(word).filter(scopes::sendsOver).isPresent());
    } catch (ClassCastException e) {
      return false;
    }
  }

  private static String lacking(Channel channel) {
    return "this notification needs the scope "
        + Scope.NOTIFICATIONS_WRITE.wireName()
        + ":"
        + channel.wireName()
        + ", which the credential does not have";
  }
}
