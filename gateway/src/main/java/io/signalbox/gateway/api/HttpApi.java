package io.signalbox.gateway.api;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.signalbox.gateway.config.HttpSettings;
import io.signalbox.gateway.connection.Doors;
import io.signalbox.gateway.contract.Contract;
import io.signalbox.gateway.health.Pressure;
import io.signalbox.gateway.tls.CertificateWatch;
import io.signalbox.gateway.trail.DroppingAppender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The running HTTP API. Thread-safe. */
public final class HttpApi {
  private static final long SWEEP_MILLIS = 250;

  private final Vertx vertx;
  private final Map<String, CertificateWatch> certificates;
  private final List<Listener> listeners;
  private final LiveBoard live;
  private volatile long sweeper = -1;

  private HttpApi(
      Vertx vertx,
      Map<String, CertificateWatch> certificates,
      List<Listener> listeners,
      LiveBoard live) {
    this.vertx = vertx;
    this.certificates = certificates;
    this.listeners = List.copyOf(listeners);
    this.live = live;
  }

  /**
   * Listens on all ports that are configured.
   *
   * @param doors those of this Vert.x
   * @return fails if a port is taken, or with an {@link IOException} if there is a certificate that
   *     cannot be used
   */
  public static Future<HttpApi> start(Vertx vertx, ApiServices services, Doors doors) {
    return Fronts.open(vertx, services.config(), services.clock())
        .map(
            fronts ->
                new HttpApi(
                    vertx,
                    fronts.certificates(),
                    listeners(vertx, fronts, services, doors),
                    new LiveBoard(services)))
        .compose(api -> api.begin(services));
  }

  private static List<Listener> listeners(
      Vertx vertx, Fronts fronts, ApiServices services, Doors doors) {
    HttpSettings settings = services.config().http();
    return fronts.all().stream()
        .map(front -> new Listener(vertx, front, settings, doors, services.signIns()))
        .toList();
  }

  private Future<HttpApi> begin(ApiServices services) {
    return vertx
        .executeBlocking(Contract::read)
        .compose(contract -> open(new ApiRouter(services, contract, live), services.pressure()))
        .map(
            opened -> {
              listeners.forEach(listener -> listener.register(services.registry()));
              sweeper = vertx.setPeriodic(SWEEP_MILLIS, tick -> listeners.forEach(Listener::sweep));
              follow(services);
              FunctionCounter.builder(
                      "signalbox.access.log.dropped", this, here -> DroppingAppender.dropped())
                  .description("Lines of the access log that were dropped, since too many waited")
                  .register(services.registry());
              live.start(vertx);
              return this;
            })
        .recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
  }

  /** The main port is the last one: who reaches it finds all of them. */
  private Future<Void> open(ApiRouter routes, Pressure pressure) {
    Future<Void> opened = Future.succeededFuture();
    for (int i = listeners.size() - 1; i >= 0; i--) {
      Listener next = listeners.get(i);
      opened = opened.compose(before -> next.open(routes, pressure)).mapEmpty();
    }
    return opened;
  }

  private void follow(ApiServices services) {
    certificates.forEach(
        (name, watch) -> {
          List<Listener> showing =
              listeners.stream().filter(each -> each.front().certificate() == watch).toList();
          watch.follow(tls -> Future.all(showing.stream().map(each -> each.update(tls)).toList()));
          Gauge.builder(
                  "signalbox.tls.certificate.expires", () -> watch.expiresAt().getEpochSecond())
              .description("When the certificate in force ends, in seconds since 1970")
              .tag("certificate", name)
              .baseUnit("seconds")
              .register(services.registry());
          Gauge.builder("signalbox.tls.reload.failed", () -> watch.problem().isEmpty() ? 0 : 1)
              .description(
                  "1 while the certificate's files cannot be used and the last one is in force")
              .tag("certificate", name)
              .register(services.registry());
          services
              .health()
              .detail(name.equals(Fronts.MAIN) ? "tls" : "tls_" + name, () -> report(watch));
        });
  }

  private static JsonObject report(CertificateWatch watch) {
    String inForce = watch.isOutOfDate() ? "expired" : "up";
    JsonObject report =
        new JsonObject()
            .put("status", watch.problem().isEmpty() ? inForce : "stale")
            .put("expires_at", watch.expiresAt().toString());
    return watch.problem().isEmpty() ? report : report.put("detail", watch.problem());
  }

  /** Stops to listen, lets requests under way be answered, and ends all connections. */
  public Future<Void> stop() {
    certificates.values().forEach(CertificateWatch::close);
    if (sweeper >= 0) {
      vertx.cancelTimer(sweeper);
    }
    return live.close(vertx)
        .transform(
            ended -> Future.join(listeners.stream().map(Listener::close).toList()).mapEmpty());
  }

  /** What is going on now. */
  LiveBoard live() {
    return live;
  }

  /** Where applications reach it on this machine. */
  public String url() {
    return listeners.get(0).url();
  }

  /** Where those who run the gateway reach it on this machine; empty: where all others do. */
  public Optional<String> adminUrl() {
    return url(Surface.ADMINISTRATION);
  }

  /** Where metrics are read without a token on this machine; empty: nowhere. */
  public Optional<String> metricsUrl() {
    return url(Surface.METRICS);
  }

  /** Where providers' APIs are spoken in the providers' host names; empty: nowhere. */
  public Optional<String> transparentUrl() {
    return url(Surface.TRANSPARENT);
  }

  /** The ports of dialects, by where they are reached on this machine, each with its dialect. */
  public Map<String, String> dialectUrls() {
    return listeners.stream()
        .filter(listener -> listener.front().surface() == Surface.DIALECT)
        .collect(Collectors.toMap(Listener::url, listener -> listener.front().dialect()));
  }

  private Optional<String> url(Surface surface) {
    return listeners.stream()
        .filter(listener -> listener.front().surface() == surface)
        .map(Listener::url)
        .findFirst();
  }
}
