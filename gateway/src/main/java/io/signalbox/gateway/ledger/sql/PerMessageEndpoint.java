package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackLedger;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.spi.Secret;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that there is an endpoint of an API key's messages, as long as there is that key:
 * requests that came with it may still be under way when it ends, and must not bring its text back.
 */
record PerMessageEndpoint(
    CallbackEndpoint wish, Predicate<Secret> isKeyText, long overlapUntilMillis)
    implements Change<Optional<CallbackEndpoint>> {

  /** The one that is there; null for none. */
  @Nullable CallbackEndpoint among(EndpointReader endpoints) throws SQLException {
    String key = String.valueOf(wish.form().apiKey());
    for (CallbackEndpoint each : endpoints.ofApiKey(key)) {
      if (each.tenant().equals(wish.tenant()) && each.form().format() == wish.form().format()) {
        return each;
      }
    }
    return null;
  }

  /** Whether nothing is to be done: it knows the secret, or signs with one of its own. */
  boolean isAsWished(CallbackEndpoint found) {
    String wanted = wish.secrets().get(0).value().reveal();
    List<CallbackSecret> secrets = found.secrets();
    return secrets.stream().anyMatch(each -> each.value().reveal().equals(wanted))
        || (!secrets.isEmpty() && !isKeyText.test(secrets.get(0).value()));
  }

  @Override
  public Optional<CallbackEndpoint> apply(WriteSession session) throws SQLException {
    long now = wish.createdAtMillis();
    ApiKey key = session.apiKeys().find(wish.tenant(), String.valueOf(wish.form().apiKey()));
    boolean ended = key == null || key.hasEnded(now);
    CallbackEndpoint found = ended ? null : among(session.endpoints());
    if (found == null && session.endpointTable().removeOfEndedKeys(wish.tenant(), now) > 0) {
      session.subscriptions().changed();
    }
    if (ended) {
      return Optional.empty();
    }
    if (found == null) {
      if (SqlCallbackLedger.count(session, wish.tenant(), true) >= CallbackLedger.MAX_PER_MESSAGE) {
        return Optional.empty();
      }
      if (session.endpointTable().insert(wish)) {
        session.subscriptions().changed();
        return Optional.of(wish);
      }
      found = among(session.endpoints());
    }
    if (found == null || isAsWished(found)) {
      return Optional.ofNullable(found);
    }
    session.endpointTable().deleteSecrets(found, now);
    session.endpointTable().expireSecrets(found, overlapUntilMillis);
    session.endpointTable().insertSecret(found, wish.secrets().get(0));
    session.subscriptions().changed();
    return Optional.ofNullable(among(session.endpoints()));
  }
}
