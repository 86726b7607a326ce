package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes sure that test notifications can only reach the simulator: every provider that could get
 * one must stand in the sandbox's own folder.
 */
final class SandboxScope {
  private SandboxScope() {}

  /** Fails with status 409 if one of them is no provider of the sandbox. */
  static Future<Void> require(Vertx vertx, Path providersDir, List<ProviderState> reachable) {
    return vertx
        .fileSystem()
        .readDir(providersDir.toString())
        .compose(
            files -> {
              Set<String> ids = new HashSet<>();
              for (String file : files) {
                String name = String.valueOf(Path.of(file).getFileName());
                int dot = name.lastIndexOf('.');
                ids.add(dot < 0 ? name : name.substring(0, dot));
              }
              for (ProviderState state : reachable) {
                if (!ids.contains(state.provider())) {
                  return Future.failedFuture(
                      new GatewayException(
                          409,
                          "the provider "
                              + state.provider()
                              + " shares the channel and is none of the sandbox's: test"
                              + " notifications could reach a real account"));
                }
              }
              return Future.succeededFuture();
            });
  }
}
