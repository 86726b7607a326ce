package io.signalbox.gateway.shared;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A script that Redis runs as one step. */
final class Script {
  private final String text;

  private Script(String text) {
    this.text = text;
  }

  /** One of this room's scripts. */
  static Script of(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new Script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command that runs it on a key; its arguments are added. */
  Request on(String key) {
    return Request.cmd(Command.EVAL).arg(text).arg(1).arg(key);
  }
}
