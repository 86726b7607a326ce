package io.signalbox.gateway.tls;

import io.signalbox.gateway.config.HttpSettings.ClientAuth;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server shows, and whom it trusts.
 *
 * @param chain the certificate and those above it, as PEM
 * @param key its key, as PEM
 * @param authorities who vouches for clients, as PEM; null where clients show nothing
 * @param clientAuth whether clients show certificates
 * @param leaf the certificate itself
 */
record ServerCertificate(
    Buffer chain,
    Buffer key,
    @Nullable Buffer authorities,
    ClientAuth clientAuth,
    X509Certificate leaf) {

  private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

  /** Those of TLS 1.3, and of 1.2 those with forward secrecy and authenticated encryption. */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** Puts TLS into a server's options. */
  HttpServerOptions into(HttpServerOptions options) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setKeyCertOptions(new PemKeyCertOptions().addCertValue(chain).addKeyValue(key))
        .setEnabledSecureTransportProtocols(VERSIONS)
        .setClientAuth(io.vertx.core.http.ClientAuth.valueOf(clientAuth.name()));
    CIPHERS.forEach(options::addEnabledCipherSuite);
    if (authorities != null) {
      options.setTrustOptions(new PemTrustOptions().addCertValue(authorities));
    }
    return options;
  }

  /** Whether it stands in files with this in them. */
  boolean isOf(Buffer otherChain, Buffer otherKey, @Nullable Buffer otherAuthorities) {
    return chain.equals(otherChain)
        && key.equals(otherKey)
        && Objects.equals(authorities, otherAuthorities);
  }

  /** From when on clients refuse it. */
  Instant expiresAt() {
    return leaf.getNotAfter().toInstant();
  }

  /** Whether that time has come, or the first day has not. */
  boolean isOutOfDate(Instant now) {
    return now.isAfter(expiresAt()) || now.isBefore(leaf.getNotBefore().toInstant());
  }
}
