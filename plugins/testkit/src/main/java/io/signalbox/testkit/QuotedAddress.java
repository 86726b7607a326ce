package io.signalbox.testkit;

import io.signalbox.spi.Recipient;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Answers whose texts quote the recipient, as those of remote APIs do without documenting it. */
final class QuotedAddress {
  private QuotedAddress() {}

  /** The ways in which an API may write an address. */
  static List<String> forms(Recipient recipient) {
    String address = recipient.address();
    String bare = address.startsWith("+") ? address.substring(1) : address;
    return Stream.of(address, bare, address.toUpperCase(Locale.ROOT)).distinct().toList();
  }

  /**
   * The answer with the address in all of its sentences, once for each form; none if it has none.
   */
  static List<Reply> in(Reply reply, Recipient recipient) {
    Object json;
    try {
      json = Json.decodeValue(reply.body());
    } catch (DecodeException e) {
      return List.of();
    }
    return forms(recipient).stream()
        .map(form -> Json.encodeToBuffer(quoting(json, form)))
        .filter(body -> !body.equals(Json.encodeToBuffer(json)))
        .map(reply::withBody)
        .toList();
  }

  private static Object quoting(Object value, String address) {
    if (value instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      object.forEach(
          entry -> {
            if (entry.getValue() == null) {
              copy.putNull(entry.getKey());
            } else {
              copy.put(entry.getKey(), quoting(entry.getValue(), address));
            }
          });
      return copy;
    }
    if (value instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(element -> copy.add(element == null ? null : quoting(element, address)));
      return copy;
    }
    // A word alone may be a code, which has to stay as it is.
    boolean sentence = value instanceof String text && text.contains(" ");
    return sentence ? "'" + address + "': " + value + " (" + address + ")" : value;
  }
}
