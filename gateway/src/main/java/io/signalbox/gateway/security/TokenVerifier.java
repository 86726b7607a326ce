package io.signalbox.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.gateway.config.SecuritySettings;
import io.signalbox.gateway.config.SecuritySettings.OtherIssuer;
import io.signalbox.gateway.security.TokenRules.Verified;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed tokens: those of this gateway, by its secret, and those of one other issuer, by
 * its public keys. The algorithm decides between the two, and each key knows its own algorithm, so
 * a token cannot choose how it is verified. What was verified is remembered for a while, so that a
 * busy caller costs one look-up for each request; it is forgotten when keys change. Thread-safe.
 */
public final class TokenVerifier {
  private static final int REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);
  private static final int LONGEST_TOKEN = 8192;

  private final Clock clock;
  private final TokenRules ownRules;
  private final @Nullable TokenRules otherRules;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();
  private volatile @Nullable TokenKeys keys;

  private TokenVerifier(SecuritySettings settings, Clock clock) {
    this.clock = clock;
    Duration leeway = settings.jwtLeeway();
    this.ownRules =
        new TokenRules(
            TokenFormat.ISSUER,
            List.of(),
            leeway,
            TokenFormat.ROLES,
            TokenFormat.TENANT,
            SendNotification.DEFAULT_TENANT);
    OtherIssuer other = settings.tokens();
    this.otherRules =
        other
            .issuer()
            .map(
                issuer ->
                    new TokenRules(
                        issuer,
                        other.audiences(),
                        leeway,
                        other.rolesClaim(),
                        other.tenantClaim(),
                        other.defaultTenant().orElse(null)))
            .orElse(null);
  }

  /**
   * Makes a verifier and reads its keys; the secret is made if there is none.
   *
   * @param clock wall time
   * @return fails with an {@link java.io.IOException} if a file cannot be read or holds no key
   */
  public static Future<TokenVerifier> open(Vertx vertx, SecuritySettings settings, Clock clock) {
    TokenVerifier verifier = new TokenVerifier(settings, clock);
    return TokenKeys.open(vertx, settings, verifier.verified::invalidateAll)
        .map(
            keys -> {
              verifier.keys = keys;
              return verifier;
            });
  }

  /** Looks for no more keys. */
  public Future<Void> close() {
    TokenKeys its = keys;
    return its == null ? Future.succeededFuture() : its.close();
  }

  /**
   * Verifies a token.
   *
   * @return complete at once, unless the token names a key that must be asked for; fails with a
   *     {@link SignInException}
   */
  public Future<Caller> verify(String token) {
    Caller known = remembered(token);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    TokenKeys its = keys;
    ParsedToken parsed =
        token.length() > LONGEST_TOKEN ? null : ParsedToken.parse(token).orElse(null);
    if (parsed == null || its == null) {
      return refused(SignInFailure.MALFORMED);
    }
    if (parsed.algorithm() == TokenAlgorithm.HS256) {
      return conclude(token, parsed, its.own(), ownRules);
    }
    TokenRules rules = otherRules;
    if (rules == null) {
      return refused(SignInFailure.KEY);
    }
    Future<Caller> now = conclude(token, parsed, its.others().toList(), rules);
    return now.failed() && namesUnknownKey(parsed, its)
        ? its.askAgain(clock.millis())
            .compose(asked -> conclude(token, parsed, its.others().toList(), rules))
        : now;
  }

  /** Whom a token names that was verified before and has not ended; null if it is not known. */
  @Nullable Caller remembered(String token) {
    Verified known = verified.getIfPresent(token);
    return known != null && known.endsAtMillis() > clock.millis() ? known.caller() : null;
  }

  /** A new key has a new name; where there is no key at all, it may be that none was had yet. */
  private static boolean namesUnknownKey(ParsedToken parsed, TokenKeys its) {
    String name = parsed.keyId();
    return name == null
        ? its.others().findAny().isEmpty()
        : its.others().noneMatch(key -> name.equals(key.id()));
  }

  private Future<Caller> conclude(
      String token, ParsedToken parsed, List<TokenKey> candidates, TokenRules rules) {
    List<TokenKey> fitting =
        candidates.stream().filter(key -> key.fits(parsed.algorithm(), parsed.keyId())).toList();
    if (fitting.isEmpty()) {
      return refused(SignInFailure.KEY);
    }
    Optional<TokenKey> signer = TokenKeys.signer(fitting.stream(), parsed);
    if (signer.isEmpty()) {
      return refused(SignInFailure.SIGNATURE);
    }
    try {
      Verified good = rules.read(parsed.claims(), clock.millis());
      remember(token, good, signer.get());
      return Future.succeededFuture(good.caller());
    } catch (SignInException e) {
      return Future.failedFuture(e);
    } catch (RuntimeException e) {
      // A claim of an unexpected type.
      return refused(SignInFailure.CLAIMS);
    }
  }

  /** A key that went while the token was verified must not leave it remembered. */
  private void remember(String token, Verified good, TokenKey signer) {
    verified.put(token, good);
    TokenKeys its = keys;
    if (its == null || Stream.concat(its.own().stream(), its.others()).noneMatch(signer::equals)) {
      verified.invalidate(token);
    }
  }

  private static Future<Caller> refused(SignInFailure failure) {
    return Future.failedFuture(new SignInException(failure, null));
  }
}
