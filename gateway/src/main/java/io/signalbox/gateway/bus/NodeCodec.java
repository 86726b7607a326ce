package io.signalbox.gateway.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * Writes and reads messages between nodes: a byte for the version, the name, the fields as JSON and
 * the bytes beside them, each with its length. A new field needs no new version, because readers
 * pass over what they do not know; a node says so when it is sent what it cannot read. Thread-safe.
 */
final class NodeCodec implements MessageCodec<NodeMessage, NodeMessage> {
  static final String NAME = "signalbox.node";
  static final byte VERSION = 1;

  @Override
  public void encodeToWire(Buffer buffer, NodeMessage message) {
    NodeForm<?> form = NodeForms.of(message);
    buffer.appendByte(VERSION);
    part(buffer, Buffer.buffer(form.name()));
    part(buffer, form.fieldsOf(message).toBuffer());
    part(buffer, form.bytesOf(message));
  }

  private static void part(Buffer buffer, Buffer part) {
    buffer.appendInt(part.length()).appendBuffer(part);
  }

  @Override
  public NodeMessage decodeFromWire(int position, Buffer buffer) {
    byte version = buffer.getByte(position);
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "this node reads messages of version " + VERSION + ", not of " + version);
    }
    int name = position + 1;
    int fields = next(buffer, name);
    int bytes = next(buffer, fields);
    NodeForm<?> form = NodeForms.named(part(buffer, name).toString(StandardCharsets.UTF_8));
    return form.read().apply(new JsonObject(part(buffer, fields)), part(buffer, bytes));
  }

  private static int next(Buffer buffer, int position) {
    return position + Integer.BYTES + buffer.getInt(position);
  }

  private static Buffer part(Buffer buffer, int position) {
    return buffer.getBuffer(position + Integer.BYTES, next(buffer, position));
  }

  /** Immutable records need no copy on their own node. */
  @Override
  public NodeMessage transform(NodeMessage message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
