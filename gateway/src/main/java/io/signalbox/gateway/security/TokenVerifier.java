package io.signalbox.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens: HS256 only, ours, in their time, with at least one role. What was verified is
 * remembered for a while, so that a busy caller costs one look-up for each request. Thread-safe.
 */
public final class TokenVerifier {
  private static final int REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);
  private static final int LONGEST_TOKEN = 4096;
  private static final int LONGEST_NAME = 200;

  private final JWTAuth auth;
  private final Clock clock;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();

  /**
   * Makes a verifier.
   *
   * @param clock wall time, for the end of remembered tokens
   */
  public TokenVerifier(Vertx vertx, SigningKey key, Clock clock) {
    this.auth = JWTAuth.create(vertx, TokenFormat.options(key));
    this.clock = clock;
  }

  /**
   * Verifies a token.
   *
   * @return complete at once if the token is remembered; fails with a {@link GatewayException} of
   *     status 401 that says no more than that the token is not good
   */
  public Future<Caller> verify(String token) {
    if (token.length() > LONGEST_TOKEN) {
      return refused();
    }
    Caller known = remembered(token);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    try {
      return auth.authenticate(new TokenCredentials(token))
          .map(user -> remember(token, user.principal(), user.attributes()))
          .recover(failure -> refused());
    } catch (RuntimeException e) {
      // Claims of unexpected types make the library throw instead of failing its Future.
      return refused();
    }
  }

  /** Whom a token names that was verified before and has not ended; null if it is not known. */
  @Nullable Caller remembered(String token) {
    Verified known = verified.getIfPresent(token);
    return known != null && known.expiresAtMillis > clock.millis() ? known.caller : null;
  }

  private Caller remember(String token, JsonObject principal, JsonObject attributes) {
    JsonObject claims = attributes.getJsonObject("accessToken", principal);
    Long expiresAtSeconds = claims.getLong("exp");
    String subject = claims.getString("sub");
    String tenant = claims.getString(TokenFormat.TENANT, SendNotification.DEFAULT_TENANT);
    Set<Role> roles = roles(claims.getJsonArray(TokenFormat.ROLES, new JsonArray()));
    if (expiresAtSeconds == null
        || subject == null
        || roles.isEmpty()
        || !isName(subject)
        || !isName(tenant)) {
      throw new IllegalArgumentException("claims are missing");
    }
    Caller caller = new Caller(subject, tenant, roles);
    verified.put(token, new Verified(caller, expiresAtSeconds * 1000));
    return caller;
  }

  private static boolean isName(String text) {
    return !text.isBlank() && text.length() <= LONGEST_NAME;
  }

  private static Set<Role> roles(JsonArray names) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Object name : names) {
      if (name instanceof String text) {
        Role.find(text).ifPresent(roles::add);
      }
    }
    return roles;
  }

  private static Future<Caller> refused() {
    return Future.failedFuture(new GatewayException(401, "the token is not valid"));
  }

  private record Verified(Caller caller, long expiresAtMillis) {}
}
