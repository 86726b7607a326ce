package io.signalbox.simulator;

import io.signalbox.simulator.core.ListenHost;
import io.signalbox.spi.sandbox.Sandbox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The simulator of the providers' APIs, as a service and to be started alone.
 *
 * <p>All of it runs on one event loop. One object is started once at a time; start and stop may be
 * called from any thread.
 */
public final class Simulator implements Sandbox {
  /** System property with the path of the file that keeps the credentials; optional. */
  public static final String STATE_FILE_PROPERTY = "signalbox.simulator.state";

  private record Running(Vertx vertx, String deploymentId) {}

  private final @Nullable Path stateFile;
  private volatile @Nullable Running running;

  /** Keeps its credentials in the file that the system property names, if it is set. */
  public Simulator() {
    this(stateFileOfProperty());
  }

  /** Keeps its credentials in this file; null makes new ones at every start. */
  public Simulator(@Nullable Path stateFile) {
    this.stateFile = stateFile;
  }

  /**
   * Starts one that runs until its Vert.x is closed.
   *
   * @param controlPort the port of its control calls; 0 takes a free one
   * @return the control URL; fails if a port is taken
   */
  public static Future<String> startAlone(Vertx vertx, int controlPort) {
    return new Simulator().start(vertx, controlPort);
  }

  private static @Nullable Path stateFileOfProperty() {
    String path = System.getProperty(STATE_FILE_PROPERTY);
    return path == null ? null : Path.of(path);
  }

  @Override
  public Future<String> start(Vertx vertx, int controlPort) {
    return start(vertx, LOOPBACK, controlPort);
  }

  @Override
  public Future<String> start(Vertx vertx, String host, int controlPort) {
    ListenHost listenHost;
    try {
      listenHost = new ListenHost(host);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(e);
    }
    if (running != null) {
      return Future.failedFuture(new IllegalStateException("the simulator runs already"));
    }
    SimulatorVerticle verticle =
        new SimulatorVerticle(new SandboxState(stateFile), listenHost, controlPort);
    return vertx
        .deployVerticle(verticle)
        .map(
            id -> {
              running = new Running(vertx, id);
              return verticle.controlUrl();
            });
  }

  @Override
  public Future<Void> stop() {
    Running stopping = running;
    running = null;
    return stopping == null
        ? Future.succeededFuture()
        : stopping.vertx.undeploy(stopping.deploymentId);
  }
}
