package io.signalbox.gateway.ledger.postgres;

import io.signalbox.gateway.config.PostgresSettings;
import io.signalbox.gateway.config.RereadSecret;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/** Turns the configuration into what the client wants. */
final class PostgresConnect {
  private PostgresConnect() {}

  /**
   * The options that a configuration asks for; reads the password.
   *
   * @throws IOException if that cannot be read
   */
  static PostgresOptions options(PostgresSettings config) throws IOException {
    PostgresSettings.Pool pool = config.pool();
    return new PostgresOptions(
        connect(config),
        password(config),
        pool.minConnections(),
        pool.maxConnections(),
        pool.acquireTimeout().toMillis(),
        pool.idleTimeout().toMillis(),
        pool.connectTimeout().toMillis(),
        pool.statementTimeout().toMillis(),
        pool.validateAfter().toMillis());
  }

  private static Optional<RereadSecret> password(PostgresSettings config) throws IOException {
    return config.password().isEmpty()
        ? Optional.empty()
        : Optional.of(RereadSecret.open("postgres.password", config.password().get()));
  }

  private static PgConnectOptions connect(PostgresSettings config) {
    PgConnectOptions connect =
        new PgConnectOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setDatabase(config.database())
            .setUser(config.user())
            .setPassword("");
    SslMode mode = SslMode.of(config.tls());
    return connect.setSslMode(mode).setSslOptions(tls(mode, config));
  }

  private static ClientSSLOptions tls(SslMode mode, PostgresSettings config) {
    ClientSSLOptions tls = new ClientSSLOptions();
    switch (mode) {
      case VERIFY_FULL -> tls.setHostnameVerificationAlgorithm("HTTPS");
      case VERIFY_CA -> tls.setHostnameVerificationAlgorithm("");
      // These encrypt, and ask for a proof only if an authority for it is named.
      default -> tls.setHostnameVerificationAlgorithm("").setTrustAll(config.caFile().isEmpty());
    }
    if (config.caFile().isPresent()) {
      trust(tls, config.caFile().get().toString());
    } else if (mode == SslMode.VERIFY_FULL || mode == SslMode.VERIFY_CA) {
      tls.setTrustOptions(ofTheJvm());
    }
    return tls;
  }

  /** Whoever is asked by default; the client wants to be told. */
  private static TrustOptions ofTheJvm() {
    try {
      TrustManagerFactory authorities =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      authorities.init((KeyStore) null);
      return TrustOptions.wrap(authorities);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM's own authorities cannot be read", e);
    }
  }

  private static void trust(ClientSSLOptions tls, String file) {
    tls.setTrustOptions(new PemTrustOptions().addCertPath(file));
  }
}
