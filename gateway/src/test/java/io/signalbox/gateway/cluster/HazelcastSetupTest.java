package io.signalbox.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.signalbox.gateway.config.ClusterSettings;
import io.signalbox.gateway.config.ConfigLoader;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HazelcastSetupTest {
  private static ClusterSettings settings(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.put("cluster.enabled", "true");
    return ConfigLoader.load(Optional.empty(), Map.of(), values).cluster();
  }

  @Test
  void itLooksForNobodyTellsNobodyAndListensOnOneAddress() {
    Config config =
        HazelcastSetup.config(
            settings(Map.of("cluster.host", "10.0.0.1", "cluster.members", "10.0.0.2:5701")), "n");
    JoinConfig join = config.getNetworkConfig().getJoin();
    assertThat(join.getMulticastConfig().isEnabled()).isFalse();
    assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
    assertThat(join.getTcpIpConfig().getMembers()).containsExactly("10.0.0.2:5701");
    assertThat(config.getNetworkConfig().getInterfaces().getInterfaces())
        .containsExactly("10.0.0.1");
    assertThat(config.getNetworkConfig().getInterfaces().isEnabled()).isTrue();
    assertThat(config.getNetworkConfig().isPortAutoIncrement()).isFalse();
    assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    assertThat(config.getMultiMapConfig("__vertx.subs").getBackupCount()).isEqualTo(2);
    assertThat(config.getMapConfig("__vertx.nodeInfo").getBackupCount()).isEqualTo(2);
  }

  @Test
  void aSilentNodeIsGoneWithinTheConfiguredTime() {
    assertThat(silence(Map.of())).isEqualTo("9");
    assertThat(silence(Map.of("cluster.node_timeout", "5s"))).isEqualTo("4");
  }

  private static String silence(Map<String, String> more) {
    return HazelcastSetup.config(settings(more), "n")
        .getProperty("hazelcast.max.no.heartbeat.seconds");
  }

  @Test
  void kubernetesIsAskedByDnsOrByItsApi() {
    Config dns =
        HazelcastSetup.config(settings(Map.of("cluster.kubernetes_service_dns", "nodes.ns")), "n");
    assertThat(dns.getNetworkConfig().getJoin().getKubernetesConfig().getProperties())
        .containsEntry("service-dns", "nodes.ns")
        .containsEntry("service-port", "5701");
    Config api =
        HazelcastSetup.config(
            settings(
                Map.of(
                    "cluster.kubernetes_service", "nodes", "cluster.kubernetes_namespace", "ns")),
            "n");
    assertThat(api.getNetworkConfig().getJoin().getTcpIpConfig().isEnabled()).isFalse();
    assertThat(api.getNetworkConfig().getJoin().getKubernetesConfig().getProperties())
        .containsEntry("service-name", "nodes")
        .containsEntry("namespace", "ns");
  }

  @Test
  void overTlsNobodyIsTrustedUnseen() {
    VertxOptions options =
        BusSetup.options(
            settings(
                Map.of(
                    "cluster.tls_cert_file", "node.pem",
                    "cluster.tls_key_file", "node.key",
                    "cluster.tls_ca_file", "ca.pem")));
    EventBusOptions bus = options.getEventBusOptions();
    assertThat(bus.isSsl()).isTrue();
    assertThat(bus.isTrustAll()).isFalse();
    assertThat(bus.getClientAuth()).isEqualTo(ClientAuth.REQUIRED);
  }
}
