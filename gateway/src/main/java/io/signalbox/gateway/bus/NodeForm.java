package io.signalbox.gateway.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How one kind of message is written: its fields as JSON, where fields that a reader does not know
 * are passed over, and bytes beside it.
 *
 * @param name on the wire
 */
record NodeForm<M extends NodeMessage>(
    String name,
    Class<M> type,
    Function<M, JsonObject> fields,
    Function<M, Buffer> bytes,
    BiFunction<JsonObject, Buffer, M> read) {
  private static final Buffer NONE = Buffer.buffer();

  /** Of a message with fields alone. */
  static <M extends NodeMessage> NodeForm<M> of(
      Class<M> type, Function<M, JsonObject> fields, Function<JsonObject, M> read) {
    return new NodeForm<>(
        type.getSimpleName(), type, fields, message -> NONE, (json, bytes) -> read.apply(json));
  }

  /** Of a message without fields. */
  static <M extends NodeMessage> NodeForm<M> of(Class<M> type, M only) {
    return of(type, message -> new JsonObject(), json -> only);
  }

  JsonObject fieldsOf(NodeMessage message) {
    return fields.apply(type.cast(message));
  }

  Buffer bytesOf(NodeMessage message) {
    return bytes.apply(type.cast(message));
  }
}
