package io.signalbox.gateway.compat;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification that a request asks for.
 *
 * @param notification as {@code POST /api/v1/notifications/send} takes it; the parser checks it
 * @param memo what the dialect keeps with it, see {@link DialectMemo}
 * @param fields the dialect's names of the fields of {@code notification}, by JSON pointer, such as
 *     {@code /recipient_phone} and {@code To}: mistakes are told by these names
 * @param withPrevious whether it belongs to the one before, as a second recipient of one message
 *     does: the application hears one id for all of them, that of the first, and none is taken if
 *     one of them has a mistake
 * @param refusal why the dialect refuses it; null if it does not
 */
public record AskedNotification(
    JsonObject notification,
    DialectMemo memo,
    Map<String, String> fields,
    boolean withPrevious,
    @Nullable Refusal refusal) {
  /** Copies the map. */
  public AskedNotification {
    fields = Map.copyOf(fields);
  }

  /** One that stands alone. */
  public AskedNotification(JsonObject notification, DialectMemo memo, Map<String, String> fields) {
    this(notification, memo, fields, false, null);
  }

  /** One that is refused, in its place among others that may be taken. */
  public static AskedNotification refused(String dialect, Refusal refusal) {
    return new AskedNotification(
        new JsonObject(), DialectMemo.of(dialect), Map.of(), false, refusal);
  }

  /** The dialect's name of the field at a JSON pointer. */
  public String field(String pointer) {
    String exact = fields.get(pointer);
    if (exact != null) {
      return exact;
    }
    return fields.entrySet().stream()
        .filter(each -> pointer.startsWith(each.getKey() + "/"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(pointer.isEmpty() ? "" : pointer.substring(1));
  }

  /** Nothing of it: it says to whom what is sent. */
  @Override
  public String toString() {
    return "AskedNotification[masked]";
  }
}
