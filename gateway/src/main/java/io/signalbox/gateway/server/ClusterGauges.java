package io.signalbox.gateway.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.signalbox.gateway.cluster.ClusterDesk;

/** What the metrics tell of the cluster. */
final class ClusterGauges {
  private ClusterGauges() {}

  static void register(ClusterDesk desk, MeterRegistry registry) {
    Gauge.builder("signalbox_cluster_nodes", desk, ClusterDesk::size)
        .description("Nodes of the cluster that this one sees, itself among them.")
        .register(registry);
  }
}
