package io.signalbox.gateway.ledger;

import io.signalbox.gateway.notification.NotificationParser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What ties a notification to the endpoint that tells of it at an address of its own: the
 * endpoint's id, in what is stored of the request beside the notification. Pure functions.
 */
public final class CallbackLink {
  private static final String FIELD = "callback_id";

  private CallbackLink() {}

  /** Ties. */
  public static void put(JsonObject memo, String endpointId) {
    memo.put(FIELD, endpointId);
  }

  /** The id of the endpoint; null if the notification is tied to none. */
  public static @Nullable String of(Buffer content) {
    try {
      JsonObject memo = content.toJsonObject().getJsonObject(NotificationParser.MEMO);
      return memo == null ? null : memo.getString(FIELD);
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }
}
