package io.signalbox.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How Redis is reached.
 *
 * @param urls {@code redis://host:port} or {@code rediss://host:port} each; empty without Redis
 * @param mode what stands there
 * @param master name of the master for the sentinels
 * @param user ACL user; empty for the default user
 * @param password where its password is; empty for none
 * @param caFile PEM file of trusted authorities; empty for those of the JDK
 * @param prefix what all keys begin with
 * @param connectTimeout how long a connection may take
 * @param commandTimeout how long an answer may take
 * @param maxInFlight how many commands may wait for their answers
 */
public record RedisSettings(
    List<String> urls,
    Mode mode,
    String master,
    Optional<String> user,
    Optional<SecretReference> password,
    Optional<Path> caFile,
    String prefix,
    Duration connectTimeout,
    Duration commandTimeout,
    int maxInFlight) {

  /** What stands at the addresses. */
  public enum Mode {
    /** One server. */
    STANDALONE,
    /** Sentinels, which tell the server that is the master. */
    SENTINEL,
    /** Nodes that share the keys. */
    CLUSTER
  }

  /** Copies the list. */
  public RedisSettings {
    urls = List.copyOf(urls);
  }

  /** Whether the gateway uses Redis. */
  public boolean isConfigured() {
    return !urls.isEmpty();
  }
}
