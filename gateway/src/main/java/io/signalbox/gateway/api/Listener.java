package io.signalbox.gateway.api;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.config.HttpSettings;
import io.signalbox.gateway.config.HttpSettings.Limits;
import io.signalbox.gateway.config.HttpSettings.Place;
import io.signalbox.gateway.connection.ConnectionLimits;
import io.signalbox.gateway.connection.Connections;
import io.signalbox.gateway.connection.Connections.Turned;
import io.signalbox.gateway.connection.Doors;
import io.signalbox.gateway.connection.OpenFiles;
import io.signalbox.gateway.health.Pressure;
import io.signalbox.gateway.security.ClientCertificates;
import io.signalbox.gateway.security.SignInAudit;
import io.signalbox.gateway.security.SignInException;
import io.signalbox.gateway.security.SignInFailure;
import io.signalbox.gateway.tls.CertificateWatch;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** One port that is listened on. Thread-safe. */
final class Listener {
  private static final int LONGEST_LINE = 8_192;
  private static final int MOST_STREAMS = 100;

  /** A request that takes longer is cut off: attempts, which come next, need a stop's time more. */
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Front front;
  private final HttpSettings settings;
  private final Doors doors;
  private final Connections connections;
  private final Queue<HttpServerVerticle> verticles = new ConcurrentLinkedQueue<>();
  private volatile String deploymentId = "";

  /**
   * Makes it; it is opened by {@link #open}.
   *
   * @param signIns is told who could not connect for want of a good certificate
   */
  Listener(Vertx vertx, Front front, HttpSettings settings, Doors doors, SignInAudit signIns) {
    this.vertx = vertx;
    this.front = front;
    this.settings = settings;
    this.doors = doors;
    this.connections =
        new Connections(
            limits(settings.limits()),
            Refusals::slowBody,
            (address, failure) -> notShaken(signIns, address, failure),
            System::nanoTime);
  }

  private static void notShaken(SignInAudit signIns, String address, Throwable failure) {
    if (ClientCertificates.isRefusal(failure)) {
      signIns.refused(new SignInException(SignInFailure.CERTIFICATE, null), address, "");
    }
  }

  private static ConnectionLimits limits(Limits limits) {
    return new ConnectionLimits(
        OpenFiles.atMost(limits.connections()),
        limits.connectionsPerAddress(),
        limits.headTimeout(),
        limits.idleTimeout(),
        limits.minBodyRate());
  }

  /** Begins to listen, with as many instances as configured. */
  Future<Listener> open(ApiRouter routes, Pressure pressure) {
    Place place = front.place();
    CertificateWatch certificate = front.certificate();
    if (place.port() > 0) {
      doors.open(place.port(), connections);
    }
    HttpServerOptions options = options();
    if (certificate != null) {
      certificate.into(options);
      options.setClientAuth(clients(options.getSslOptions()));
    }
    int port = place.port() > 0 ? place.port() : front.surface().freePort();
    int mostHeaders = settings.limits().headers();
    return vertx
        .deployVerticle(
            () -> {
              HttpServerVerticle verticle =
                  new HttpServerVerticle(
                      options,
                      port,
                      routes,
                      front,
                      new Entrance(connections, mostHeaders),
                      pressure,
                      drain());
              verticles.add(verticle);
              return verticle;
            },
            new DeploymentOptions().setInstances(settings.instances()))
        .map(
            id -> {
              deploymentId = id;
              doors.open(port(), connections);
              return this;
            })
        .onFailure(failure -> doors.close(place.port()));
  }

  private Duration drain() {
    Duration drain = settings.drainTimeout();
    return drain.compareTo(LONGEST_DRAIN) < 0 ? drain : LONGEST_DRAIN;
  }

  private HttpServerOptions options() {
    Limits limits = settings.limits();
    return new HttpServerOptions()
        .setHost(front.place().host())
        .setHandle100ContinueAutomatically(true)
        // There are no WebSockets: what looks for them would be passed by every request and answer.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxInitialLineLength(LONGEST_LINE)
        .setMaxHeaderSize(limits.headerBytes())
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(MOST_STREAMS)
                .setMaxHeaderListSize(limits.headerBytes()))
        .setSslHandshakeTimeout(limits.headTimeout().toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        // For answers that nobody reads; connections without a request are watched by their guards.
        .setIdleTimeout(Math.toIntExact(limits.idleTimeout().plus(limits.headTimeout()).toMillis()))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** Who reads metrics has no certificate. */
  private ClientAuth clients(ServerSSLOptions tls) {
    return front.surface() == Surface.METRICS ? ClientAuth.NONE : tls.getClientAuth();
  }

  /** Puts another certificate in force. */
  Future<Boolean> update(ServerSSLOptions tls) {
    return verticles.element().update(tls.copy().setClientAuth(clients(tls)));
  }

  /** Closes connections that are too slow or idle. */
  void sweep() {
    connections.sweep();
  }

  void register(MeterRegistry registry) {
    String name = front.name();
    Gauge.builder("signalbox.http.connections", connections::count)
        .description("Connections that are open, by what the port serves")
        .tag("port", name)
        .register(registry);
    for (Turned reason : Turned.values()) {
      FunctionCounter.builder(
              "signalbox.http.connections.closed", connections, all -> all.closed(reason))
          .description("Connections that this side closed: too many of them, too slow, idle")
          .tags("port", name, "reason", reason.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  Front front() {
    return front;
  }

  /** Where it is reached on this machine. */
  String url() {
    return front.place().url(front.certificate() != null, port());
  }

  private int port() {
    return verticles.element().port();
  }

  /** Stops to listen, lets requests under way be answered, and ends all connections. */
  Future<Void> close() {
    String deployed = deploymentId;
    if (deployed.isEmpty()) {
      return Future.succeededFuture();
    }
    deploymentId = "";
    int port = port();
    connections.closeSilent();
    return vertx.undeploy(deployed).onComplete(done -> doors.close(port));
  }
}
