package io.signalbox.gateway.config;

import static io.signalbox.gateway.config.ValueTypes.duration;
import static io.signalbox.gateway.config.ValueTypes.flag;
import static io.signalbox.gateway.config.ValueTypes.integer;
import static io.signalbox.gateway.config.ValueTypes.optional;
import static io.signalbox.gateway.config.ValueTypes.path;
import static io.signalbox.gateway.config.ValueTypes.text;

import io.signalbox.gateway.config.ClusterSettings.Kubernetes;
import io.signalbox.gateway.config.ClusterSettings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys of the section {@code cluster}. */
final class ClusterKeys {
  static final KeyGroup GROUP = new KeyGroup("cluster");

  static final ConfigKey<Boolean> ENABLED =
      GROUP.key(
          "enabled",
          flag(),
          "false",
          "Whether this gateway is a node of a cluster, whose nodes talk with each other.");

  static final ConfigKey<String> NAME =
      GROUP.key("name", text(), "signalbox", "The cluster's name; the same on all of its nodes.");

  static final ConfigKey<String> HOST =
      GROUP.key(
          "host",
          text(),
          "127.0.0.1",
          "The address of this machine on which it listens to the other nodes, and at which they"
              + " reach it; of a private network.");

  static final ConfigKey<Integer> PORT =
      GROUP.key("port", integer(1, 65_535), "5701", "Where the nodes meet (Hazelcast).");

  static final ConfigKey<Integer> BUS_PORT =
      GROUP.key(
          "bus_port",
          integer(0, 65_535),
          "0",
          "Where messages of other nodes come in (event bus); 0 takes a free port.");

  static final ConfigKey<List<String>> MEMBERS =
      GROUP.key(
          "members",
          MemberAddresses.type(),
          "",
          "cluster.host:cluster.port of the nodes, as many as are known; one that answers is"
              + " enough. Nobody is looked for by multicast.");

  static final ConfigKey<Optional<String>> KUBERNETES_SERVICE_DNS =
      GROUP.key(
          "kubernetes_service_dns",
          optional(text()),
          "",
          "Name of a headless service of Kubernetes whose pods are the nodes.");

  static final ConfigKey<Optional<String>> KUBERNETES_SERVICE =
      GROUP.key(
          "kubernetes_service",
          optional(text()),
          "",
          "Name of a service whose pods the API of Kubernetes tells; needs the right to read"
              + " endpoints and pods.");

  static final ConfigKey<Optional<String>> KUBERNETES_NAMESPACE =
      GROUP.key(
          "kubernetes_namespace",
          optional(text()),
          "",
          "The service's namespace; empty for the pod's own.");

  static final ConfigKey<Duration> NODE_TIMEOUT =
      GROUP.key(
          "node_timeout",
          duration("4s", "60s"),
          "10s",
          "Within what time a node that stands still counts as gone. One whose process ended is"
              + " noticed at once. Below 10s a machine without processor time to spare loses"
              + " nodes that are well.");

  static final ConfigKey<Integer> BACKUPS =
      GROUP.key(
          "backups",
          integer(1, 6),
          "2",
          "How many nodes may be lost at the same moment without those that stay losing each"
              + " other's addresses for a moment.");

  static final ConfigKey<Optional<Path>> TLS_CERT_FILE =
      GROUP.key(
          "tls_cert_file",
          optional(path()),
          "",
          "PEM file with this node's certificate, for messages over TLS; with tls_key_file and"
              + " tls_ca_file.");

  static final ConfigKey<Optional<Path>> TLS_KEY_FILE =
      GROUP.key("tls_key_file", optional(path()), "", "PEM file with the certificate's key.");

  static final ConfigKey<Optional<Path>> TLS_CA_FILE =
      GROUP.key(
          "tls_ca_file",
          optional(path()),
          "",
          "PEM file of the authority that vouches for the nodes, and for nothing else: whoever has"
              + " a certificate of it is a node.");

  static final ConfigKey<Optional<Boolean>> SHARE_PROVIDERS =
      GROUP.key(
          "share_providers",
          optional(flag()),
          "",
          "Whether a node that lacks a provider sends over one that has it: contents and"
              + " recipients of notifications pass between nodes then, and whoever reaches the bus"
              + " can send. Needs ledger.engine postgres: receipts come to the node that has the"
              + " provider. Empty for: with that, if the bus has TLS.");

  private ClusterKeys() {}

  /**
   * Reads the section.
   *
   * @param ledgerIsShared whether nodes may have one ledger
   */
  static ClusterSettings read(ConfigValues v, boolean ledgerIsShared) {
    Optional<Tls> tls = tls(v);
    return new ClusterSettings(
        v.get(ENABLED),
        v.get(NAME),
        v.get(HOST),
        v.get(PORT),
        v.get(BUS_PORT),
        v.get(MEMBERS),
        kubernetes(v),
        v.get(NODE_TIMEOUT),
        v.get(BACKUPS),
        tls,
        sharesProviders(v, ledgerIsShared, tls.isPresent()));
  }

  private static boolean sharesProviders(ConfigValues v, boolean ledgerIsShared, boolean tls) {
    Optional<Boolean> wanted = v.get(SHARE_PROVIDERS);
    if (wanted.orElse(false) && !ledgerIsShared) {
      v.mistake(SHARE_PROVIDERS, "needs " + LedgerKeys.ENGINE.name() + " postgres, or false");
    }
    return ledgerIsShared && wanted.orElse(tls);
  }

  private static Optional<Kubernetes> kubernetes(ConfigValues v) {
    Optional<String> dns = v.get(KUBERNETES_SERVICE_DNS);
    Optional<String> service = v.get(KUBERNETES_SERVICE);
    Optional<String> namespace = v.get(KUBERNETES_NAMESPACE);
    if (dns.isPresent() && (service.isPresent() || namespace.isPresent())) {
      v.mistake(
          KUBERNETES_SERVICE_DNS,
          "must be empty if " + KUBERNETES_SERVICE.name() + " names the service for the API");
    }
    return dns.isPresent() || service.isPresent() || namespace.isPresent()
        ? Optional.of(new Kubernetes(dns, namespace, service))
        : Optional.empty();
  }

  private static Optional<Tls> tls(ConfigValues v) {
    Optional<Path> certificate = v.get(TLS_CERT_FILE);
    Optional<Path> key = v.get(TLS_KEY_FILE);
    Optional<Path> authority = v.get(TLS_CA_FILE);
    if (certificate.isPresent() && key.isPresent() && authority.isPresent()) {
      return Optional.of(new Tls(certificate.get(), key.get(), authority.get()));
    }
    if (certificate.isPresent() || key.isPresent() || authority.isPresent()) {
      v.mistake(
          TLS_CERT_FILE,
          "needs " + TLS_KEY_FILE.name() + " and " + TLS_CA_FILE.name() + " beside it, or none");
    }
    return Optional.empty();
  }
}
