package io.signalbox.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The HTTP server.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 takes a free one
 * @param instances how many event loops serve it
 * @param drainTimeout how long a stop waits for requests and attempts under way
 * @param tls its certificate; empty to speak without TLS
 */
public record HttpSettings(
    String host, int port, int instances, Duration drainTimeout, Optional<Tls> tls) {

  /** Where a port is reached on this machine. */
  public String url(int onPort) {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return (tls.isPresent() ? "https://" : "http://")
        + ("0.0.0.0".equals(host) ? "127.0.0.1" : shown)
        + ":"
        + onPort;
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

  /** Whether clients show certificates. */
  public enum ClientAuth {
    /** They are not asked for any. */
    NONE,
    /** They may; one that is shown must be good. */
    REQUEST,
    /** Nobody connects without a good one. */
    REQUIRED
  }
}
