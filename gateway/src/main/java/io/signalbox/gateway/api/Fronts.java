package io.signalbox.gateway.api;

import io.signalbox.gateway.config.CompatSettings;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.config.HttpSettings;
import io.signalbox.gateway.config.HttpSettings.Tls;
import io.signalbox.gateway.tls.CertificateWatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All ports that are configured. The first one is where applications come in.
 *
 * @param all the ports
 * @param certificates what they show, by the names that metrics have for them
 */
record Fronts(List<Front> all, Map<String, CertificateWatch> certificates) {
  /** What metrics call the certificate of all ports but the transparent one. */
  static final String MAIN = "main";

  private static final String TRANSPARENT = "transparent";

  /**
   * Reads the certificates.
   *
   * @return fails with an {@link java.io.IOException} if one cannot be used
   */
  static Future<Fronts> open(Vertx vertx, GatewayConfig config, Clock clock) {
    HttpSettings http = config.http();
    CompatSettings compat = config.compat();
    return watch(vertx, http.tls(), clock)
        .compose(
            main ->
                watch(vertx, compat.transparent().map(CompatSettings.Transparent::tls), clock)
                    .map(transparent -> of(http, compat, main, transparent)));
  }

  private static Future<Optional<CertificateWatch>> watch(
      Vertx vertx, Optional<Tls> files, Clock clock) {
    return files
        .map(tls -> CertificateWatch.open(vertx, tls, clock).map(Optional::of))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private static Fronts of(
      HttpSettings http,
      CompatSettings compat,
      Optional<CertificateWatch> main,
      Optional<CertificateWatch> transparent) {
    Map<String, CertificateWatch> certificates = new LinkedHashMap<>();
    main.ifPresent(watch -> certificates.put(MAIN, watch));
    transparent.ifPresent(watch -> certificates.put(TRANSPARENT, watch));
    @Nullable CertificateWatch shown = main.orElse(null);
    List<Front> all = new ArrayList<>();
    all.add(
        new Front(
            http.admin().isPresent() ? Surface.APPLICATIONS : Surface.ALL, http.main(), shown));
    http.admin().ifPresent(place -> all.add(new Front(Surface.ADMINISTRATION, place, shown)));
    http.metrics().ifPresent(place -> all.add(new Front(Surface.METRICS, place, shown)));
    compat
        .ports()
        .forEach(port -> all.add(new Front(Surface.DIALECT, port.place(), port.dialect(), shown)));
    compat
        .transparent()
        .ifPresent(
            it -> all.add(new Front(Surface.TRANSPARENT, it.place(), transparent.orElse(null))));
    return new Fronts(List.copyOf(all), certificates);
  }
}
