package io.signalbox.gateway.cluster;

import io.signalbox.gateway.config.ClusterSettings;
import io.signalbox.gateway.config.ClusterSettings.Tls;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;

/** How the Vert.x instance of the cluster is made. */
final class BusSetup {
  private static final int CONNECT_MILLIS = 2_000;
  private static final int PING_MILLIS = 1_000;
  private static final int PONG_MILLIS = 1_500;
  private static final int WORKERS = 4;

  private BusSetup() {}

  /** Its options. Pure. */
  static VertxOptions options(ClusterSettings settings) {
    EventBusOptions bus =
        new EventBusOptions()
            .setHost(settings.host())
            .setPort(settings.busPort())
            .setConnectTimeout(CONNECT_MILLIS)
            .setClusterPingInterval(PING_MILLIS)
            .setClusterPingReplyInterval(PONG_MILLIS);
    settings.tls().ifPresent(tls -> tls(bus, tls));
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(WORKERS)
        .setInternalBlockingPoolSize(WORKERS)
        .setPreferNativeTransport(true)
        .setEventBusOptions(bus);
  }

  /**
   * Both sides prove who they are. Names are not compared, which the bus cannot do for addresses
   * that come and go: the authority is the cluster's own.
   */
  private static void tls(EventBusOptions bus, Tls tls) {
    bus.setSsl(true)
        .setTrustAll(false) // By default it trusts everybody.
        .setClientAuth(ClientAuth.REQUIRED)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertPath(tls.certificate().toString())
                .addKeyPath(tls.key().toString()))
        .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority().toString()));
  }
}
