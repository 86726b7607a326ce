package io.signalbox.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The HTTP server.
 *
 * @param main where applications and providers come in, and everybody else if there is no other
 * @param admin where those who run the gateway come in; empty: at {@code main}
 * @param metrics where metrics are read without a token; empty: at one of the others, with a token
 * @param instances how many event loops serve each port
 * @param drainTimeout how long a stop waits for attempts under way, and at most for requests
 * @param tls its certificate; empty to speak without TLS
 * @param limits what connections and requests may do
 * @param proxies whose word on where requests come from counts
 */
public record HttpSettings(
    Place main,
    Optional<Place> admin,
    Optional<Place> metrics,
    int instances,
    Duration drainTimeout,
    Optional<Tls> tls,
    Limits limits,
    Proxies proxies) {

  /** Where the calls of those who run the gateway are made. */
  public Place administration() {
    return admin.orElse(main);
  }

  /**
   * What is listened on.
   *
   * @param host an address
   * @param port 0 takes a free one
   */
  public record Place(String host, int port) {

    /** Where it is reached on this machine. */
    public String url(boolean withTls, int onPort) {
      String shown = host.contains(":") ? "[" + host + "]" : host;
      return (withTls ? "https://" : "http://")
          + ("0.0.0.0".equals(host) ? "127.0.0.1" : shown)
          + ":"
          + onPort;
    }
  }

  /**
   * TLS, by files in PEM form that are read again when they change.
   *
   * @param certificate the server's certificate, and those between it and its authority
   * @param key of the certificate
   * @param clientAuth whether clients show certificates
   * @param clientAuthority who vouches for clients; there unless clients show none
   */
  public record Tls(
      Path certificate, Path key, ClientAuth clientAuth, Optional<Path> clientAuthority) {}

  /**
   * Proxies in front of the gateway.
   *
   * @param networks in which they are; none: nobody is believed
   * @param header in which they say where requests come from
   */
  public record Proxies(List<IpNetwork> networks, ForwardedHeader header) {
    /** Copies the list. */
    public Proxies {
      networks = List.copyOf(networks);
    }
  }

  /** In which form proxies say where requests come from. */
  public enum ForwardedHeader {
    /** A list of addresses. */
    X_FORWARDED_FOR,
    /** RFC 7239. */
    FORWARDED;

    /** The name of the header. */
    public String headerName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether clients show certificates. */
  public enum ClientAuth {
    /** They are not asked for any. */
    NONE,
    /** They may; one that is shown must be good. */
    REQUEST,
    /** Nobody connects without a good one. */
    REQUIRED
  }

  /**
   * What connections and requests may do.
   *
   * @param connections how many connections a port takes
   * @param connectionsPerAddress how many of them may be of one address
   * @param headTimeout how long a request's head may take, and a body before its rate counts
   * @param idleTimeout how long a connection may be without a request
   * @param minBodyRate bytes in a second at which a body must come on average; 0 for any
   * @param headerBytes how large a request's headers may be, all together
   * @param headers how many they may be
   */
  public record Limits(
      int connections,
      int connectionsPerAddress,
      Duration headTimeout,
      Duration idleTimeout,
      long minBodyRate,
      int headerBytes,
      int headers) {}
}
