package io.signalbox.gateway.redis;

import io.signalbox.gateway.config.RedisSettings;
import io.signalbox.gateway.config.RereadSecret;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.util.Optional;

/**
 * How to reach the configured Redis. Each connection has a client of its own: closing that closes
 * its connections, and nothing less does, because a connection that is closed goes back to its
 * client's pool.
 */
final class RedisClients {
  /** The handshake and the heartbeat are not among the commands that a link counts. */
  private static final int OWN_COMMANDS = 16;

  /** A client of a cluster holds a connection to each node, one of sentinels to two servers. */
  private static final int MAX_CONNECTIONS = 64;

  private final RedisSettings settings;
  private final Optional<RereadSecret> password;

  RedisClients(RedisSettings settings, Optional<RereadSecret> password) {
    this.settings = settings;
    this.password = password;
  }

  /** What a client is made with now, with the password as it is now; blocks. */
  RedisOptions options() {
    RedisOptions options =
        new RedisOptions()
            .setType(type())
            .setEndpoints(settings.urls())
            .setNetClientOptions(net())
            .setMaxWaitingHandlers(settings.maxInFlight() + OWN_COMMANDS)
            .setMaxPoolSize(MAX_CONNECTIONS)
            .setMaxPoolWaiting(MAX_CONNECTIONS)
            // Connections are held and watched here: none is ever idle in the pool.
            .setPoolRecycleTimeout(-1)
            .setPoolCleanerInterval(-1);
    if (settings.mode() == RedisSettings.Mode.SENTINEL) {
      options.setMasterName(settings.master());
    }
    settings.user().ifPresent(options::setUser);
    password.ifPresent(secret -> options.setPassword(secret.now().reveal()));
    return options;
  }

  private RedisClientType type() {
    return switch (settings.mode()) {
      case STANDALONE -> RedisClientType.STANDALONE;
      case SENTINEL -> RedisClientType.SENTINEL;
      case CLUSTER -> RedisClientType.CLUSTER;
    };
  }

  private NetClientOptions net() {
    NetClientOptions net =
        new NetClientOptions()
            .setConnectTimeout((int) settings.connectTimeout().toMillis())
            .setTcpKeepAlive(true)
            .setTcpNoDelay(true);
    if (settings.urls().get(0).startsWith("rediss:")) {
      net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
      settings
          .caFile()
          .ifPresent(
              file -> net.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    }
    return net;
  }
}
