package io.signalbox.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.config.SecuritySettings;
import io.signalbox.gateway.config.SecuritySettings.OtherIssuer;
import io.signalbox.gateway.security.TokenRules.Verified;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed tokens: those of this gateway, by its secrets, and those of one other issuer, by
 * its public keys. The algorithm decides between the two, and each key knows its own algorithm, so
 * a token cannot choose how it is verified. What was verified is remembered for a while, so that a
 * busy caller costs one look-up for each request; it is forgotten when keys change. Signatures by
 * public keys cost up to 1 ms for each key: they are computed on threads of their own, and only so
 * many wait for that. Thread-safe.
 */
public final class TokenVerifier {
  private static final int REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);
  private static final int LONGEST_TOKEN = 8192;

  /** Tokens whose signatures are computed or wait for that: half a second of work on one core. */
  private static final int MOST_UNDER_WAY = 512;

  /** Tokens that wait for the published keys to be read again. */
  private static final int MOST_WAITING = 512;

  /** The one that may be under way, which may have been asked too early, and one more. */
  private static final int MOST_QUESTIONS = 2;

  private final Clock clock;
  private final TokenRules ownRules;
  private final @Nullable TokenRules otherRules;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();
  private final WorkerExecutor worker;
  private final Questions<Caller> computing = new Questions<>(MOST_UNDER_WAY);
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final AtomicLong generation = new AtomicLong();
  private volatile @Nullable TokenKeys keys;

  private TokenVerifier(Vertx vertx, SecuritySettings settings, Clock clock) {
    this.clock = clock;
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    this.worker = vertx.createSharedWorkerExecutor("signatures", threads);
    Duration leeway = settings.jwtLeeway();
    this.ownRules =
        new TokenRules(
            TokenFormat.ISSUER,
            List.of(),
            leeway,
            TokenFormat.ROLES,
            TokenFormat.SCOPE,
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
                        other.scopeClaim(),
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
    return open(vertx, settings, clock, System::nanoTime);
  }

  /**
   * The same.
   *
   * @param nanos monotonic time
   */
  static Future<TokenVerifier> open(
      Vertx vertx, SecuritySettings settings, Clock clock, LongSupplier nanos) {
    TokenVerifier verifier = new TokenVerifier(vertx, settings, clock);
    return TokenKeys.open(vertx, settings, verifier::keysChanged, nanos)
        .onSuccess(opened -> verifier.keys = opened)
        .onFailure(failure -> verifier.worker.close())
        .map(verifier);
  }

  /** Looks for no more keys. */
  public Future<Void> close() {
    TokenKeys its = keys;
    Future<Void> closed = its == null ? Future.succeededFuture() : its.close();
    return closed.eventually(worker::close);
  }

  private void keysChanged() {
    generation.incrementAndGet();
    verified.invalidateAll();
    // What was found between these two is of no generation that lasts.
    generation.incrementAndGet();
  }

  /** Changes when keys do. */
  long generation() {
    return generation.get();
  }

  /** The last tokens of one event loop. */
  RecentTokens recent() {
    return new RecentTokens(this, clock::millis);
  }

  /**
   * Verifies a token.
   *
   * @return complete at once for tokens of our own and those that are remembered, otherwise on any
   *     thread; fails with a {@link SignInException}, or a {@link GatewayException} of status 503
   *     if too many tokens wait
   */
  Future<Caller> verify(String token) {
    Future<Caller> known = known(token);
    if (known != null) {
      return known;
    }
    TokenKeys its = keys;
    ParsedToken parsed =
        token.length() > LONGEST_TOKEN ? null : ParsedToken.parse(token).orElse(null);
    if (parsed == null || its == null) {
      return refused(SignInFailure.MALFORMED);
    }
    if (parsed.algorithm() == TokenAlgorithm.HS256) {
      try {
        return Future.succeededFuture(conclude(token, parsed, its.own(), ownRules));
      } catch (SignInException e) {
        return Future.failedFuture(e);
      }
    }
    TokenRules rules = otherRules;
    return rules == null
        ? refused(SignInFailure.KEY)
        : verifyOther(token, parsed, its, rules, MOST_QUESTIONS);
  }

  /**
   * Verifies a token of the other issuer.
   *
   * @param questions how many answers of its address are waited for if no key fits: it may have a
   *     new one, also under the name of an old one
   */
  private Future<Caller> verifyOther(
      String token, ParsedToken parsed, TokenKeys its, TokenRules rules, int questions) {
    long before = generation.get();
    return compute(token, parsed, its, rules)
        .recover(
            failure -> {
              if (questions == 0 || !isOfKeys(failure)) {
                return Future.failedFuture(failure);
              }
              Future<Void> asked = its.askAgain();
              if (asked != null) {
                return waitFor(asked)
                    .compose(done -> verifyOther(token, parsed, its, rules, questions - 1));
              }
              return generation.get() == before
                  ? Future.failedFuture(failure)
                  : verifyOther(token, parsed, its, rules, 0);
            });
  }

  private static boolean isOfKeys(Throwable failure) {
    return failure instanceof SignInException refusal
        && (refusal.failure() == SignInFailure.KEY || refusal.failure() == SignInFailure.SIGNATURE);
  }

  private Future<Void> waitFor(Future<Void> asked) {
    return waiting.tryAcquire() ? asked.onComplete(done -> waiting.release()) : busy();
  }

  /** Who asks after keys have changed does not join a computation with those before. */
  private Future<Caller> compute(
      String token, ParsedToken parsed, TokenKeys its, TokenRules rules) {
    Future<Caller> computed =
        computing.ask(
            generation.get() + " " + token,
            () ->
                worker.executeBlocking(() -> conclude(token, parsed, its.others(), rules), false));
    return computed == null ? busy() : computed;
  }

  private static <T> Future<T> busy() {
    return Future.failedFuture(
        new GatewayException(503, "too many tokens are being verified; try again soon"));
  }

  /** Who shows a token that was verified before and has not ended; null for every other. */
  @Nullable Future<Caller> known(String token) {
    Caller known = remembered(token);
    return known == null ? null : Future.succeededFuture(known);
  }

  /** Whom a token names that was verified before and has not ended; null if it is not known. */
  @Nullable Caller remembered(String token) {
    Verified known = verifiedBefore(token);
    return known == null ? null : known.caller();
  }

  /** The same, with the end. */
  @Nullable Verified verifiedBefore(String token) {
    Verified known = verified.getIfPresent(token);
    return known != null && known.endsAtMillis() > clock.millis() ? known : null;
  }

  private Caller conclude(
      String token, ParsedToken parsed, List<TokenKey> candidates, TokenRules rules) {
    List<TokenKey> fitting = fitting(candidates, parsed);
    if (fitting.isEmpty()) {
      throw new SignInException(SignInFailure.KEY, null);
    }
    TokenKey signer =
        fitting.stream()
            .filter(key -> key.verifies(parsed.signedText(), parsed.signature()))
            .findFirst()
            .orElseThrow(() -> new SignInException(SignInFailure.SIGNATURE, null));
    Verified good;
    try {
      good = rules.read(parsed.claims(), clock.millis());
    } catch (SignInException e) {
      throw e;
    } catch (RuntimeException e) {
      // A claim of an unexpected type.
      throw new SignInException(SignInFailure.CLAIMS, null);
    }
    remember(token, good, signer);
    return good.caller();
  }

  /** The keys that a token is tried with: those of the name that it gives come first. */
  private static List<TokenKey> fitting(List<TokenKey> candidates, ParsedToken parsed) {
    return candidates.stream()
        .filter(key -> key.fits(parsed.algorithm(), parsed.keyId()))
        .sorted(Comparator.comparing((TokenKey key) -> !Objects.equals(key.id(), parsed.keyId())))
        .limit(OtherIssuer.MOST_TRIED_KEYS)
        .toList();
  }

  /** A key that went while the token was verified must not leave it remembered, by anyone. */
  private void remember(String token, Verified good, TokenKey signer) {
    verified.put(token, good);
    TokenKeys its = keys;
    if (its == null || !its.has(signer)) {
      verified.invalidate(token);
      // An event loop that found it in between has it for a generation that is over now.
      generation.incrementAndGet();
    }
  }

  private static Future<Caller> refused(SignInFailure failure) {
    return Future.failedFuture(new SignInException(failure, null));
  }
}
