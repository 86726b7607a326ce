package io.signalbox.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How this gateway finds others and talks with them.
 *
 * @param enabled whether it does
 * @param name what all nodes of one cluster are configured with
 * @param host the address of this machine on which it listens, and at which the others reach it
 * @param port where it meets the others
 * @param busPort where messages of the others come in; 0 takes a free one
 * @param members {@code host:port} of nodes, as many as are known
 * @param kubernetes where Kubernetes tells the nodes; empty for {@code members} alone
 * @param nodeTimeout how long a node may be silent before it counts as gone
 * @param backups on how many other nodes is known who listens to what
 * @param tls for the messages; empty for plain ones
 * @param sharesProviders whether this node lends its providers, and uses those that others lend
 */
public record ClusterSettings(
    boolean enabled,
    String name,
    String host,
    int port,
    int busPort,
    List<String> members,
    Optional<Kubernetes> kubernetes,
    Duration nodeTimeout,
    int backups,
    Optional<Tls> tls,
    boolean sharesProviders) {

  /** Copies the list. */
  public ClusterSettings {
    members = List.copyOf(members);
  }

  /**
   * Where Kubernetes tells the nodes.
   *
   * @param serviceDns name of a headless service; empty to ask the API
   * @param namespace for the API; empty for the pod's own
   * @param service for the API
   */
  public record Kubernetes(
      Optional<String> serviceDns, Optional<String> namespace, Optional<String> service) {}

  /**
   * Files in PEM form. Each node shows its certificate, and must see one of the same authority.
   *
   * @param certificate of this node
   * @param key of the certificate
   * @param authority that vouches for the nodes
   */
  public record Tls(Path certificate, Path key, Path authority) {}
}
