package io.signalbox.gateway.security;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

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
   * @param address from where; asked only if it is not known already
   * @return complete at once for who was here a moment ago, otherwise on any thread; fails with a
   *     {@link SignInException}, with a {@link GatewayException} of status 429 if too many were
   *     refused from there, or with what says that nobody can tell now
   */
  public Future<Caller> of(String credential, Supplier<String> address) {
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
}
