package io.signalbox.gateway.compat;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A notification that a request asks for.
 *
 * @param notification as {@code POST /api/v1/notifications/send} takes it; the parser checks it
 * @param memo what the dialect keeps with it, see {@link DialectMemo}
 * @param fields the dialect's names of the fields of {@code notification}, by JSON pointer, such as
 *     {@code /recipient_phone} and {@code To}: mistakes are told by these names
 */
public record AskedNotification(
    JsonObject notification, DialectMemo memo, Map<String, String> fields) {
  /** Copies the map. */
  public AskedNotification {
    fields = Map.copyOf(fields);
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
