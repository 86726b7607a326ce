package io.signalbox.gateway.cluster;

import static io.signalbox.gateway.cluster.TestNodes.ended;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.ledger.sqlite.SqliteLedger;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.KeptJars.Held;
import io.signalbox.gateway.plugins.NotedProviders;
import io.signalbox.gateway.plugins.PluginDesk;
import io.signalbox.gateway.plugins.PluginOrders;
import io.signalbox.gateway.plugins.PluginRoll;
import io.signalbox.gateway.plugins.PluginView;
import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginFolderSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node with a watched plugins folder that may be in the cluster or not. */
final class PluginNode implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.install(vertx);
  private final TestNodes nodes;
  private final SqlLedger ledger;
  private final PluginFolder folder;
  private final PluginDesk desk;
  final PluginOrders orders;
  private @Nullable ClusterDesk cluster;

  PluginNode(TestNodes nodes, Path home, Duration patience) throws IOException {
    this.nodes = nodes;
    Path dir = Files.createDirectories(home.resolve("plugins"));
    Path data = Files.createDirectories(home.resolve("data"));
    GatewayConfig config =
        ConfigLoader.load(
            Optional.empty(),
            Map.of(),
            Map.of("plugins.dir", dir.toString(), "plugins.upload", "true"));
    Clock clock = Clock.systemUTC();
    ledger =
        ended(
            SqliteLedger.open(
                vertx,
                data.resolve("ledger.db"),
                SqlLedgerOptions.of(config.ledger()),
                new NotificationJson()));
    desk = new PluginDesk(vertx, config.plugins(), data, ledger.auditLog(), clock);
    orders = new PluginOrders(desk, patience);
    ended(desk.open());
    folder =
        new PluginFolder(
            PluginFolderSettings.of(dir, data)
                .withTimes(Duration.ofMillis(100), Duration.ofMillis(80), Duration.ofSeconds(20))
                .withKeeper(desk.keeper()),
            new NotedProviders());
    ended(desk.follow(folder));
    ended(folder.start());
  }

  /** Takes part in the cluster, and takes the orders of the others. */
  void join() {
    ClusterDesk joined =
        ended(
            ClusterDesk.join(
                nodes.settings(Optional.empty()), vertx, vertx.getOrCreateContext(), bus, 1 << 20));
    cluster = joined;
    joined.share(desk, orders, true);
    ended(joined.open(List::of, Set::of));
  }

  int size() {
    return cluster == null ? 1 : cluster.size();
  }

  /** Is cut off from the others, and goes on. */
  void leave() {
    ClusterDesk left = cluster;
    cluster = null;
    if (left != null) {
      ended(left.close());
      ended(left.leave());
      orders.rollBy(PluginRoll.NONE);
    }
  }

  Future<Done> upload(String plugin, byte[] jar) {
    return orders.upload(
        order(plugin),
        null,
        file -> vertx.fileSystem().writeFile(file.toString(), Buffer.buffer(jar)));
  }

  Future<Done> remove(String plugin) {
    return orders.remove(order(plugin));
  }

  private static Order order(String plugin) {
    return new Order(plugin, new Who("default", "test", "", ""), null, false);
  }

  /** What others are told that it was ordered to do. */
  List<Held> told() {
    return desk.kept().ordered();
  }

  /** Version of a plugin that is loaded; empty for none. */
  String version(String plugin) {
    return desk.plugins().stream()
        .filter(view -> view.name().equals(plugin))
        .map(PluginView::version)
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    leave();
    desk.close();
    ended(folder.unload());
    ended(ledger.close());
    ended(vertx.close());
  }
}
