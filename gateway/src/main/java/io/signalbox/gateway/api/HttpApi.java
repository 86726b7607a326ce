package io.signalbox.gateway.api;

import io.micrometer.core.instrument.Gauge;
import io.signalbox.gateway.config.HttpSettings;
import io.signalbox.gateway.tls.CertificateWatch;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The running HTTP API. Thread-safe. */
public final class HttpApi {
  private static final int IDLE_SECONDS = 75;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final @Nullable CertificateWatch certificate;
  private final Queue<HttpServerVerticle> verticles = new ConcurrentLinkedQueue<>();
  private volatile String deploymentId = "";

  private HttpApi(Vertx vertx, HttpSettings settings, @Nullable CertificateWatch certificate) {
    this.vertx = vertx;
    this.settings = settings;
    this.certificate = certificate;
  }

  /**
   * Starts as many instances as configured.
   *
   * @return fails if the port is taken, or with an {@link IOException} if there is a certificate
   *     that cannot be used
   */
  public static Future<HttpApi> start(Vertx vertx, ApiServices services) {
    HttpSettings settings = services.config().http();
    return settings
        .tls()
        .map(files -> CertificateWatch.open(vertx, files, services.clock()))
        .orElseGet(Future::succeededFuture)
        .map(certificate -> new HttpApi(vertx, settings, certificate))
        .compose(api -> api.begin(services));
  }

  private Future<HttpApi> begin(ApiServices services) {
    return vertx
        .executeBlocking(HttpApi::openApi)
        .compose(document -> listen(new ApiRouter(services, document)))
        .map(
            deployed -> {
              follow(services);
              return this;
            })
        .onFailure(failure -> close());
  }

  private Future<String> listen(ApiRouter routes) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(settings.host())
            .setPort(settings.port())
            .setHandle100ContinueAutomatically(true)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    HttpServerOptions complete = certificate == null ? options : certificate.into(options);
    return vertx
        .deployVerticle(
            () -> {
              HttpServerVerticle verticle = new HttpServerVerticle(complete, routes);
              verticles.add(verticle);
              return verticle;
            },
            new DeploymentOptions().setInstances(settings.instances()))
        .onSuccess(id -> deploymentId = id);
  }

  private void follow(ApiServices services) {
    CertificateWatch watch = certificate;
    if (watch == null) {
      return;
    }
    watch.follow(tls -> verticles.element().update(tls));
    Gauge.builder("signalbox.tls.certificate.expires", () -> watch.expiresAt().getEpochSecond())
        .description("When the certificate in force ends, in seconds since 1970")
        .baseUnit("seconds")
        .register(services.registry());
    Gauge.builder("signalbox.tls.reload.failed", () -> watch.problem().isEmpty() ? 0 : 1)
        .description("1 while the certificate's files cannot be used and the last one is in force")
        .register(services.registry());
    services.health().detail("tls", () -> report(watch));
  }

  private static JsonObject report(CertificateWatch watch) {
    JsonObject report =
        new JsonObject()
            .put("status", watch.problem().isEmpty() ? "up" : "stale")
            .put("expires_at", watch.expiresAt().toString());
    return watch.problem().isEmpty() ? report : report.put("detail", watch.problem());
  }

  private void close() {
    if (certificate != null) {
      certificate.close();
    }
  }

  /** Stops to listen and ends all connections. */
  public Future<Void> stop() {
    close();
    return vertx.undeploy(deploymentId);
  }

  /** Where it is reached on this machine. */
  public String url() {
    return settings.url(verticles.element().port());
  }

  static Buffer openApi() throws IOException {
    try (InputStream in = HttpApi.class.getResourceAsStream("/openapi/openapi.yaml")) {
      if (in == null) {
        throw new IOException("openapi/openapi.yaml is missing from the class path");
      }
      return Buffer.buffer(in.readAllBytes());
    }
  }
}
