package io.signalbox.deploy.cluster;

import io.signalbox.deploy.ApiClient;
import io.signalbox.deploy.GatewayProcess;
import io.signalbox.deploy.GatewaySettings;
import io.signalbox.deploy.PostgresProcess;
import io.signalbox.deploy.Report;
import io.signalbox.deploy.RestartPort;
import io.signalbox.deploy.SimulatorProcess;
import io.signalbox.gateway.redis.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * Nodes, and what they share, each in a process of its own: PostgreSQL, Redis and the simulator.
 * What is switched off and on again keeps its address.
 */
final class Cluster implements AutoCloseable {
  /** The providers that mails may go by. */
  static final String[] PROVIDERS = {"sendgrid", "resend"};

  private static final int STARTS = 5;
  private static final int HTTP_PORT = 8080;
  private static final int CLUSTER_PORT = 5701;

  private final Vertx vertx;
  private final NodeNetwork network;
  private final Path directory;
  private final UnaryOperator<GatewaySettings> more;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<String> urls = new CopyOnWriteArrayList<>();
  private PostgresProcess postgres;
  private TestRedis redis;
  private SimulatorProcess simulator;
  private Entrance entrance;
  private String token = "";

  private static final class Node {
    private final GatewaySettings settings;
    private final List<String> prefix;
    private GatewayProcess process;

    private Node(GatewaySettings settings, List<String> prefix) {
      this.settings = settings;
      this.prefix = prefix;
      this.process = GatewayProcess.startWithin(prefix, settings);
    }
  }

  private Cluster(
      Vertx vertx, NodeNetwork network, Path directory, UnaryOperator<GatewaySettings> more) {
    this.vertx = vertx;
    this.network = network;
    this.directory = directory;
    this.more = more;
  }

  /**
   * Starts all; each node is ready when this returns.
   *
   * @param providerMillis how long a provider takes to answer
   * @param more adds settings to each node's
   */
  static Cluster start(
      Vertx vertx,
      NodeNetwork network,
      Path directory,
      int nodes,
      int providerMillis,
      UnaryOperator<GatewaySettings> more)
      throws IOException {
    Cluster cluster = new Cluster(vertx, network, directory, more);
    try {
      cluster.startShared(providerMillis);
      for (int node = 0; node < nodes; node++) {
        cluster.startNode(node);
      }
      cluster.token = cluster.nodes.get(0).process.token("admin");
      return cluster;
    } catch (IOException | RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private void startShared(int providerMillis) throws IOException {
    String host = network.servicesHost();
    postgres = PostgresProcess.start(directory.resolve("postgres"), host);
    open.add(postgres);
    redis = TestRedis.startAt(host, directory.resolve("redis"));
    open.add(redis);
    simulator = SimulatorProcess.start(host);
    open.add(simulator);
    for (String plugin : PROVIDERS) {
      simulator.set(plugin, new JsonObject().put("latency_ms", providerMillis));
    }
    entrance = Entrance.open(vertx, host, urls);
  }

  private void startNode(int node) throws IOException {
    Path data = Files.createDirectories(directory.resolve("node-" + node));
    // On loopback all have the same address, and each its own port.
    int httpPort = network.canCut() ? HTTP_PORT : RestartPort.free();
    GatewaySettings settings =
        GatewaySettings.in(data)
            .with("http.host", network.nodeHost(node))
            .with("http.port", httpPort)
            .with("security.jwt_key_file", directory.resolve("jwt.key"))
            .with("redis.urls", redis.url())
            .with("webhooks.public_url", "http://" + network.servicesHost() + ":" + entrance.port())
            .against(simulator, List.of(PROVIDERS))
            .withAttemptTimeout("10s");
    settings = postgres.settings(settings, data.resolve("postgres-password"));
    if (network.canCut()) {
      settings =
          settings
              .with("cluster.enabled", true)
              .with("cluster.name", "drill")
              .with("cluster.host", network.nodeHost(node))
              .with("cluster.port", CLUSTER_PORT)
              .with("cluster.members", network.nodeHost(0) + ":" + CLUSTER_PORT);
    }
    Node started = new Node(more.apply(settings), network.prefix(node));
    nodes.add(started);
    urls.add(started.process.url());
  }

  /** Where the nodes' APIs are, in their order. */
  List<String> urls() {
    return List.copyOf(urls);
  }

  /** A token of an admin, which all nodes take. */
  String token() {
    return token;
  }

  ApiClient admin(int node) {
    return new ApiClient(urls.get(node), token);
  }

  /** How many notifications wait in the nodes' own spools. */
  long spooled() {
    long all = 0;
    for (int node = 0; node < nodes.size(); node++) {
      all += admin(node).metric("signalbox_spool_entries");
    }
    return all;
  }

  SimulatorProcess simulator() {
    return simulator;
  }

  LedgerTables ledger() {
    return new LedgerTables(postgres.jdbcUrl());
  }

  /** For clients of PostgreSQL beside the nodes. */
  String postgresUri() {
    return postgres.uri();
  }

  /** For clients of Redis beside the nodes. */
  String redisUrl() {
    return redis.url();
  }

  void kill(int node) {
    nodes.get(node).process.kill();
  }

  /** As a supervisor does: one that ends because PostgreSQL did not answer is started again. */
  void startAgain(int node) {
    Node back = nodes.get(node);
    for (int tries = 1; ; tries++) {
      try {
        back.process = GatewayProcess.startWithin(back.prefix, back.settings);
        return;
      } catch (AssertionError e) {
        if (tries == STARTS) {
          throw e;
        }
      }
    }
  }

  void freeze(int node) {
    nodes.get(node).process.freeze();
  }

  void thaw(int node) {
    nodes.get(node).process.thaw();
  }

  void killRedis() {
    redis.kill();
  }

  void startRedisEmpty() {
    redis.restart();
  }

  void restartPostgres() throws Exception {
    postgres.restart();
  }

  void cut(int one, int other) {
    network.cut(one, other);
  }

  void heal(int one, int other) {
    network.heal(one, other);
  }

  /** Ends all, the nodes first. */
  @Override
  public void close() {
    nodes.forEach(
        node -> {
          // A process that stands still hears nothing.
          node.process.kill();
        });
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    // Nobody waits for it: requests to those that are gone would be waited for.
    vertx.close().onFailure(e -> Report.print("clients: %s", e));
  }
}
