package io.signalbox.simulator.core;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** The names of calls that faults can be limited to; empty if they have none. */
  default List<String> calls() {
    return List.of();
  }

  /** The name of a call, one of {@link #calls()}; empty for one that has none. */
  default String call(ApiRequest request) {
    return "";
  }

  /** What was sold; null if the API sells nothing. */
  default @Nullable Books books() {
    return null;
  }

  /** Hears of settings that have just been changed. */
  default void changed(FaultSettings settings) {}

  /** Drops the webhooks that still wait for their time. */
  void close();
}
