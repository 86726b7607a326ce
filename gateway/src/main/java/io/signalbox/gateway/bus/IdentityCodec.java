package io.signalbox.gateway.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Passes an immutable message by reference. It never leaves the node. Thread-safe. */
final class IdentityCodec implements MessageCodec<Object, Object> {
  static final String NAME = "signalbox.identity";

  @Override
  public void encodeToWire(Buffer buffer, Object message) {
    throw new IllegalStateException(message.getClass() + " can only be delivered on its own node");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException("local messages are never read from the wire");
  }

  @Override
  public Object transform(Object message) {
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
