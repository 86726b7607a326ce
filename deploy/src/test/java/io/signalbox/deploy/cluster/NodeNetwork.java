package io.signalbox.deploy.cluster;

import io.signalbox.deploy.Report;
import java.util.List;
import java.util.Optional;

/** Where the nodes of a drill run, and where they find what they share. */
interface NodeNetwork extends AutoCloseable {

  /** One in which connections between nodes can be cut, or else loopback. */
  static NodeNetwork best(int nodes) {
    Optional<String> obstacle = Namespaces.obstacle();
    if (obstacle.isEmpty()) {
      return Namespaces.open(nodes);
    }
    Report.print("the network between nodes is not cut: %s", obstacle.get());
    return new Loopback();
  }

  /** The address of PostgreSQL, Redis, the simulator and the entrance. */
  String servicesHost();

  /** The address of a node; the first is 0. */
  String nodeHost(int node);

  /** What a node's command begins with. */
  List<String> prefix(int node);

  /** Whether connections between nodes can be cut. */
  boolean canCut();

  /** From now on nothing passes between two nodes, and neither is told. */
  void cut(int one, int other);

  /** Ends that. */
  void heal(int one, int other);

  @Override
  void close();

  /** All on one address. */
  final class Loopback implements NodeNetwork {
    private static final String HOST = "127.0.0.1";

    @Override
    public String servicesHost() {
      return HOST;
    }

    @Override
    public String nodeHost(int node) {
      return HOST;
    }

    @Override
    public List<String> prefix(int node) {
      return List.of();
    }

    @Override
    public boolean canCut() {
      return false;
    }

    @Override
    public void cut(int one, int other) {
      throw new UnsupportedOperationException("loopback cannot be cut");
    }

    @Override
    public void heal(int one, int other) {
      throw new UnsupportedOperationException("loopback cannot be cut");
    }

    @Override
    public void close() {
      // Nothing was made.
    }
  }
}
