package io.signalbox.gateway.security;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Finds out who calls, by a token, an API key or a certificate. Thread-safe. */
public final class Identity {
  private final TokenVerifier tokens;
  private final ApiKeyVerifier apiKeys;
  private final ClientCertificates certificates;
  private final RefusalLimits refusals;

  /** Makes it of what verifies tokens and API keys, and what knows the owners of certificates. */
  public Identity(TokenVerifier tokens, ApiKeyVerifier apiKeys, ClientCertificates certificates) {
    this(tokens, apiKeys, certificates, System::nanoTime);
  }

  Identity(
      TokenVerifier tokens,
      ApiKeyVerifier apiKeys,
      ClientCertificates certificates,
      LongSupplier nanos) {
    this.tokens = tokens;
    this.apiKeys = apiKeys;
    this.certificates = certificates;
    this.refusals = new RefusalLimits(nanos);
  }

  /**
   * Finds out who shows a credential.
   *
   * @param address from where; asked only if it is not known already
   * @param recent of the event loop that asks
   * @return complete at once for who was here a moment ago, otherwise on any thread; fails with a
   *     {@link SignInException}, with a {@link GatewayException} of status 429 if too many were
   *     refused from there, or with what says that nobody can tell now
   */
  public Future<Caller> of(String credential, Supplier<String> address, RecentTokens recent) {
    Future<Caller> shown = ApiKeyText.isOne(credential) ? null : recent.of(credential);
    return shown == null ? of(credential, address) : shown;
  }

  /** What one event loop remembers for itself. */
  public RecentTokens recent() {
    return tokens.recent();
  }

  private Future<Caller> of(String credential, Supplier<String> address) {
    boolean isKey = ApiKeyText.isOne(credential);
    Future<Caller> known = isKey ? apiKeys.known(credential) : tokens.known(credential);
    if (known != null) {
      return known;
    }
    String from = address.get();
    if (refusals.isShut(from)) {
      return Future.failedFuture(
          new GatewayException(
              429, "too many credentials from this address were refused; try again soon"));
    }
    Future<Caller> verified = isKey ? apiKeys.verify(credential) : tokens.verify(credential);
    return verified.onFailure(
        failure -> {
          if (failure instanceof SignInException) {
            refusals.refused(from);
          }
        });
  }

  /** Forgets what is remembered of an API key that was changed here. */
  public void forgetApiKey(String id) {
    apiKeys.forget(id);
  }

  /**
   * Finds out who shows a certificate that was verified.
   *
   * @return complete at once; fails with a {@link SignInException}
   */
  public Future<Caller> of(X509Certificate certificate) {
    return certificates.verify(certificate);
  }
}
