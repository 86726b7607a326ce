package io.signalbox.simulator.core;

import io.vertx.core.json.JsonObject;

/** One provider's API. Called on the simulator's event loop alone; must not block. */
public interface RemoteApi {

  /** The plugin's name, such as {@code sendgrid}. */
  String name();

  /** Credentials and keys that a client of this API needs. */
  JsonObject account();

  /** The longest body that is read, in bytes. */
  int maxBodyBytes();

  /** Whether a body with {@code Content-Encoding: gzip} is understood. */
  default boolean acceptsGzip() {
    return false;
  }

  /** Checks the request as the provider does, takes the message and arranges its webhooks. */
  Answer answer(ApiRequest request, Handling handling);

  /** The provider's answer to a failure, with its own hints when to come back. */
  Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds);

  /** Whether the faults of the settings befall the requests of a path. */
  default boolean hasFaults(String path) {
    return true;
  }

  /** Hears of settings that have just been changed. */
  default void changed(FaultSettings settings) {}

  /** Drops the webhooks that still wait for their time. */
  void close();
}
