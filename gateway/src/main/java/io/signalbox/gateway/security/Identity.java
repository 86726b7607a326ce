package io.signalbox.gateway.security;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.Future;
import java.util.function.LongSupplier;

/** Finds out who calls, by a token or an API key. Thread-safe. */
public final class Identity {
  private final TokenVerifier tokens;
  private final ApiKeyVerifier apiKeys;
  private final RefusalLimits refusals;

  /** Makes it of what verifies tokens and what verifies API keys. */
  public Identity(TokenVerifier tokens, ApiKeyVerifier apiKeys) {
    this(tokens, apiKeys, System::nanoTime);
  }

  Identity(TokenVerifier tokens, ApiKeyVerifier apiKeys, LongSupplier nanos) {
    this.tokens = tokens;
    this.apiKeys = apiKeys;
    this.refusals = new RefusalLimits(nanos);
  }

  /**
   * Finds out who shows a credential.
   *
   * @param address from where
   * @return complete at once for who was here a moment ago, otherwise on any thread; fails with a
   *     {@link SignInException}, with a {@link GatewayException} of status 429 if too many were
   *     refused from there, or with what says that nobody can tell now
   */
  public Future<Caller> of(String credential, String address) {
    boolean isKey = ApiKeyText.isOne(credential);
    if (refusals.isShut(address)) {
      boolean known = isKey ? apiKeys.knows(credential) : tokens.remembered(credential) != null;
      if (!known) {
        return Future.failedFuture(
            new GatewayException(
                429, "too many credentials from this address were refused; try again soon"));
      }
    }
    Future<Caller> verified = isKey ? apiKeys.verify(credential) : tokens.verify(credential);
    return verified.succeeded()
        ? verified
        : verified.onFailure(
            failure -> {
              if (failure instanceof SignInException) {
                refusals.refused(address);
              }
            });
  }

  /** Forgets what is remembered of an API key that was changed here. */
  public void forgetApiKey(String id) {
    apiKeys.forget(id);
  }
}
