package io.signalbox.testkit;

import io.signalbox.spi.Recipient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    return forms(recipient).stream().flatMap(form -> inJson(reply, form).stream()).toList();
  }

  /** The answer with the text in all of its sentences, or behind them if it is no JSON. */
  static List<Reply> inAny(Reply reply, String text) {
    return isJson(reply)
        ? inJson(reply, text).stream().toList()
        : List.of(reply.withBody(reply.body().copy().appendString(" '" + text + "'")));
  }

  private static boolean isJson(Reply reply) {
    try {
      Json.decodeValue(reply.body());
      return true;
    } catch (DecodeException e) {
      return false;
    }
  }

  private static Optional<Reply> inJson(Reply reply, String text) {
    if (!isJson(reply)) {
      return Optional.empty();
    }
    Object json = Json.decodeValue(reply.body());
    Buffer quoting = Json.encodeToBuffer(quoting(json, text));
    return quoting.equals(Json.encodeToBuffer(json))
        ? Optional.empty()
        : Optional.of(reply.withBody(quoting));
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
