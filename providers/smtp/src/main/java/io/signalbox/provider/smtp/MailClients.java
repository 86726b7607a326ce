package io.signalbox.provider.smtp;

import io.signalbox.provider.smtp.SmtpConfig.Login;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Makes mail clients of a configuration, each with a pool of its own; none connects yet. */
final class MailClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration TLS_TIMEOUT = Duration.ofSeconds(5);
  private static final String USER_AGENT = "signalbox";

  private final Vertx vertx;
  private final SmtpConfig config;

  MailClients(Vertx vertx, SmtpConfig config) {
    this.vertx = vertx;
    this.config = config;
  }

  /** For deliveries. */
  MailClient pooled() {
    return MailClient.builder(vertx).with(options()).build();
  }

  /** For one use: a connection of its own, so that the login is tried anew. */
  MailClient single() {
    return MailClient.builder(vertx).with(options().setMaxPoolSize(1).setKeepAlive(false)).build();
  }

  private MailConfig options() {
    MailConfig options =
        new MailConfig()
            .setHostname(config.host())
            .setPort(config.port())
            .setSsl(config.security() == SmtpSecurity.TLS)
            .setStarttls(
                config.security() == SmtpSecurity.STARTTLS
                    ? StartTLSOptions.REQUIRED
                    : StartTLSOptions.DISABLED)
            .setUserAgent(USER_AGENT)
            // One command at a time: in a group, a refusal could not be told from what follows it.
            .setPipelining(false)
            .setAllowRcptErrors(false)
            .setMaxPoolSize(config.maxConnections())
            .setMaxMailsPerConnection(config.mailsPerConnection())
            .setKeepAlive(true)
            .setKeepAliveTimeout((int) config.keepAlive().toSeconds())
            .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
            .setSslHandshakeTimeout(TLS_TIMEOUT.toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            // The client itself never gives up a connection on which a server says nothing more.
            .setIdleTimeout((int) config.silence().toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    if (config.ehloName() != null) {
      options.setOwnHostname(config.ehloName());
    }
    if (config.caFile() != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(config.caFile().toString()));
    }
    Login login = config.login();
    return login == null
        ? options.setLogin(LoginOption.DISABLED)
        : options
            .setLogin(LoginOption.REQUIRED)
            .setUsername(login.username())
            .setPassword(login.password().reveal())
            .setAuthMethods(String.join(" ", config.authMethods()));
  }
}
