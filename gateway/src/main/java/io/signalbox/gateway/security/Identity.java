package io.signalbox.gateway.security;

import io.vertx.core.Future;

/**
 * Finds out who calls, by a token or an API key. Thread-safe.
 *
 * @param tokens verifies tokens
 * @param apiKeys verifies API keys
 */
public record Identity(TokenVerifier tokens, ApiKeyVerifier apiKeys) {

  /**
   * Finds out who shows a credential.
   *
   * @return complete at once for who was here a moment ago; fails with a {@link SignInException},
   *     or what says that nobody can tell now
   */
  public Future<Caller> of(String credential) {
    return ApiKeyText.isOne(credential) ? apiKeys.verify(credential) : tokens.verify(credential);
  }
}
