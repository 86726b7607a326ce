package io.signalbox.gateway.api;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The running HTTP API.
 *
 * @param deploymentId of its verticles
 * @param host that it listens on
 * @param port that it listens on
 */
public record HttpApi(String deploymentId, String host, int port) {

  /** Starts as many instances as configured; fails if the port is taken. */
  public static Future<HttpApi> start(Vertx vertx, ApiServices services) {
    Queue<HttpServerVerticle> verticles = new ConcurrentLinkedQueue<>();
    int instances = services.config().http().instances();
    return vertx
        .executeBlocking(HttpApi::openApi)
        .compose(
            document -> {
              ApiRouter routes = new ApiRouter(services, document);
              return vertx.deployVerticle(
                  () -> {
                    HttpServerVerticle verticle = new HttpServerVerticle(services, routes);
                    verticles.add(verticle);
                    return verticle;
                  },
                  new DeploymentOptions().setInstances(instances));
            })
        .map(id -> new HttpApi(id, services.config().http().host(), verticles.element().port()));
  }

  /** Stops to listen and ends all connections. */
  public Future<Void> stop(Vertx vertx) {
    return vertx.undeploy(deploymentId);
  }

  /** Where it is reached on this machine. */
  public String url() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + ("0.0.0.0".equals(host) ? "127.0.0.1" : shown) + ":" + port;
  }

  private static Buffer openApi() throws IOException {
    try (InputStream in = HttpApi.class.getResourceAsStream("/openapi/openapi.yaml")) {
      if (in == null) {
        throw new IOException("openapi/openapi.yaml is missing from the class path");
      }
      return Buffer.buffer(in.readAllBytes());
    }
  }
}
