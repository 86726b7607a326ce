package io.signalbox.gateway.cluster;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.NetworkConfig;
import io.signalbox.gateway.config.ClusterSettings;
import io.signalbox.gateway.config.ClusterSettings.Kubernetes;
import java.util.Map;

/**
 * Hazelcast's configuration: it listens on one address alone, looks for nobody by itself, tells
 * nobody of itself, and keeps only what can be made anew: who is there, and who listens to what.
 */
final class HazelcastSetup {
  /** The attribute of a member with the id of its node. */
  static final String NODE = "signalbox.node";

  /** Where the event bus keeps who listens to what. */
  private static final String SUBSCRIPTIONS = "__vertx.subs";

  /** Where the event bus keeps at which ports nodes are. */
  private static final String NODE_INFO = "__vertx.nodeInfo";

  /**
   * Heartbeats come once in a second, so that a silent node is one that misses all in the time-out
   * but the last second of it, which is left for the others to agree.
   */
  private static final int HEARTBEAT_SECONDS = 1;

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.phone.home.enabled", "false"),
          // By default it names itself by one address and listens on all.
          Map.entry("hazelcast.socket.bind.any", "false"),
          // Its default would hold up the stop of a node that finds nobody for five minutes.
          Map.entry("hazelcast.max.join.seconds", "30"),
          Map.entry("hazelcast.logging.type", "slf4j"),
          Map.entry("hazelcast.health.monitoring.level", "OFF"),
          // A connection that broke is tried again so soon; who refuses it four times is gone. Its
          // default of 100 ms takes half a second for that.
          Map.entry("hazelcast.connection.monitor.interval", "50"),
          // By its default, two minutes may pass until a change of who listens is given up.
          Map.entry("hazelcast.invocation.retry.pause.millis", "100"),
          Map.entry("hazelcast.heartbeat.interval.seconds", "" + HEARTBEAT_SECONDS),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
          Map.entry("hazelcast.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.operation.call.timeout.millis", "5000"),
          Map.entry("hazelcast.graceful.shutdown.max.wait", "10"),
          // It holds some dozens of entries: fewer parts are quicker to find new places for.
          Map.entry("hazelcast.partition.count", "31"),
          Map.entry("hazelcast.operation.thread.count", "2"),
          Map.entry("hazelcast.operation.generic.thread.count", "2"),
          Map.entry("hazelcast.event.thread.count", "1"),
          Map.entry("hazelcast.io.thread.count", "1"));

  private static final int CONNECTION_TIMEOUT_SECONDS = 2;

  private HazelcastSetup() {}

  /**
   * Makes it. Pure.
   *
   * @param node id of this node
   */
  static Config config(ClusterSettings settings, String node) {
    Config config = new Config().setClusterName(settings.name());
    PROPERTIES.forEach(config::setProperty);
    config.setProperty(
        "hazelcast.max.no.heartbeat.seconds",
        "" + (settings.nodeTimeout().toSeconds() - HEARTBEAT_SECONDS));
    config.getMemberAttributeConfig().setAttribute(NODE, node);
    config
        .addMapConfig(new MapConfig(NODE_INFO).setBackupCount(settings.backups()))
        .addMultiMapConfig(
            new MultiMapConfig(SUBSCRIPTIONS)
                .setBackupCount(settings.backups())
                .setValueCollectionType(ValueCollectionType.SET));
    config
        .getSerializationConfig()
        .setJavaSerializationFilterConfig(
            new JavaSerializationFilterConfig()
                .setWhitelist(
                    new ClassFilter().addPrefixes("java.", "com.hazelcast.", "io.vertx.")));
    network(config.getNetworkConfig(), settings);
    return config;
  }

  private static void network(NetworkConfig network, ClusterSettings settings) {
    network.setPort(settings.port()).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface(settings.host());
    JoinConfig join = network.getJoin();
    join.getMulticastConfig().setEnabled(false);
    join.getAutoDetectionConfig().setEnabled(false);
    if (settings.kubernetes().isPresent()) {
      kubernetes(join, settings.kubernetes().get(), settings.port());
    } else {
      join.getTcpIpConfig()
          .setEnabled(true)
          .setConnectionTimeoutSeconds(CONNECTION_TIMEOUT_SECONDS)
          .setMembers(settings.members());
    }
  }

  private static void kubernetes(JoinConfig join, Kubernetes kubernetes, int port) {
    var config =
        join.getKubernetesConfig()
            .setEnabled(true)
            .setProperty("service-port", Integer.toString(port));
    kubernetes.serviceDns().ifPresent(name -> config.setProperty("service-dns", name));
    kubernetes.namespace().ifPresent(name -> config.setProperty("namespace", name));
    kubernetes.service().ifPresent(name -> config.setProperty("service-name", name));
  }
}
