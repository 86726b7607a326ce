package io.signalbox.simulator.core;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** What clients of one simulated provider meet, whatever its protocol. */
public interface PluginFront {
  /** The plugin's name, such as {@code sendgrid}. */
  String name();

  /** The scheme of its URL, such as {@code http}. */
  String scheme();

  /** What a client of it needs. */
  JsonObject account();

  /**
   * Listens; called again on the same port after that was closed.
   *
   * @param host a name or an address of this machine
   * @param port 0 takes a free one
   */
  Future<OpenPort> open(String host, int port);

  /** Hears of settings that have just been changed. */
  default void changed(FaultSettings settings) {}

  /** Drops what still waits for its time. */
  void close();
}
