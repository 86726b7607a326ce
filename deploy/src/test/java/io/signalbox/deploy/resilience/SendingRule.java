package io.signalbox.deploy.resilience;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Which providers a baseline asks for one mail, in which order, and how often. */
interface SendingRule extends AutoCloseable {

  /** Its name in results. */
  String name();

  /**
   * Takes one mail to its end.
   *
   * @param attempt sends it by one provider
   * @return true if a provider took it, false if it was given up
   */
  CompletableFuture<Boolean> send(
      JsonObject mail, Function<ProviderWire, CompletableFuture<ProviderWire.End>> attempt);

  @Override
  void close();
}
