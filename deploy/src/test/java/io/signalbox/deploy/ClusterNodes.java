package io.signalbox.deploy;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Starts gateways as nodes of one cluster; all find each other at the first one's port. */
final class ClusterNodes {
  private final Path directory;
  private final String name = "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  private int first;
  private int started;

  ClusterNodes(Path directory) {
    this.directory = directory;
  }

  /**
   * Starts one more; it is ready when this returns.
   *
   * @param more adds settings of its own
   */
  GatewayProcess start(UnaryOperator<GatewaySettings> more) {
    int port = RestartPort.free();
    if (first == 0) {
      first = port;
    }
    started++;
    return GatewayProcess.start(
        more.apply(
            GatewaySettings.in(directory.resolve("node-" + started))
                .with("cluster.enabled", true)
                .with("cluster.name", name)
                .with("cluster.port", port)
                .with("cluster.members", "127.0.0.1:" + first)));
  }
}
