package io.signalbox.simulator.core;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** The names of calls that faults can be limited to; empty if they have none. */
  default List<String> calls() {
    return List.of();
  }

  /** What was sold; null if the provider sells nothing. */
  default @Nullable Books books() {
    return null;
  }

  /** Hears of settings that have just been changed. */
  default void changed(FaultSettings settings) {}

  /** Drops what still waits for its time. */
  void close();
}
