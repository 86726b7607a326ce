package io.signalbox.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.ApiKey.Previous;
import io.signalbox.gateway.ledger.ApiKey.Quota;
import io.signalbox.gateway.ledger.ApiKeyLedger;
import io.signalbox.gateway.security.Caller.Allowance;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies API keys. What the ledger says of a key is remembered for less than a second and read
 * again ahead of that while the key is in use, so that a busy caller never waits for the ledger,
 * and a key that was taken back at another gateway is refused here within a second. While the
 * ledger does not answer, what it said last counts for up to ten minutes, and nobody waits long for
 * it. Keys that nobody knows are looked for apart, so that they do not hold up those in use.
 * Thread-safe.
 */
public final class ApiKeyVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(ApiKeyVerifier.class);
  private static final int REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);
  private static final long READ_AHEAD_AFTER_MILLIS = 400;
  private static final long READ_FIRST_AFTER_MILLIS = 800;
  private static final int MOST_READS = 256;
  private static final int MOST_READS_OF_UNKNOWN = 64;

  /** How long a key that was good a moment ago waits for a ledger that is slow. */
  private static final long PATIENCE_MILLIS = 200;

  /** How long nobody waits after the ledger did not answer. */
  private static final long NO_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How exact the time of the last use is: each key costs one change of the ledger so often. */
  private static final Duration USE_NOTED_FOR = Duration.ofMinutes(10);

  private final ApiKeyLedger ledger;
  private final Clock clock;
  private final LongSupplier nanos;
  private final AtomicLong forgotten = new AtomicLong();
  private final Questions<Optional<ApiKey>> reads = new Questions<>(MOST_READS);
  private final Questions<Optional<ApiKey>> readsOfUnknown = new Questions<>(MOST_READS_OF_UNKNOWN);
  private final Cache<String, Seen> seen =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();
  private final Cache<String, Boolean> used =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(USE_NOTED_FOR).build();
  private final long patienceMillis;
  private volatile long silentAtNanos;

  /**
   * Makes a verifier.
   *
   * @param clock wall time
   */
  public ApiKeyVerifier(ApiKeyLedger ledger, Clock clock) {
    this(ledger, clock, System::nanoTime, PATIENCE_MILLIS);
  }

  /**
   * The same.
   *
   * @param nanos monotonic time
   * @param patienceMillis how long a key that was good a moment ago waits for a ledger that is slow
   */
  ApiKeyVerifier(ApiKeyLedger ledger, Clock clock, LongSupplier nanos, long patienceMillis) {
    this.patienceMillis = patienceMillis;
    this.ledger = ledger;
    this.clock = clock;
    this.nanos = nanos;
    this.silentAtNanos = nanos.getAsLong() - NO_PATIENCE_NANOS;
  }

  /** Verifies a key that was good when the ledger was asked last; null for every other. */
  @Nullable Future<Caller> known(String key) {
    String id = ApiKeyText.id(key).orElse("");
    Seen last = seen.getIfPresent(id);
    return last != null && fits(key, last.key) ? verifyAgain(key, id, last) : null;
  }

  /**
   * Verifies a key.
   *
   * @return complete on any thread; fails with a {@link SignInException}, or a {@link
   *     GatewayException} of status 503 if too many unknown keys are being looked for
   */
  Future<Caller> verify(String key) {
    String id = ApiKeyText.id(key).orElse(null);
    if (id == null) {
      return refused(SignInFailure.MALFORMED, null);
    }
    Future<Caller> known = known(key);
    if (known != null) {
      return known;
    }
    // What does not fit may have been rotated elsewhere a moment ago: the ledger is asked.
    Future<Optional<ApiKey>> read =
        read(seen.getIfPresent(id) == null ? readsOfUnknown : reads, id);
    return read == null
        ? Future.failedFuture(new GatewayException(503, "too many keys are being looked for"))
        : read.compose(found -> judge(key, found));
  }

  private Future<Caller> verifyAgain(String key, String id, Seen last) {
    long age = ageMillis(last);
    Future<Optional<ApiKey>> read = age < READ_AHEAD_AFTER_MILLIS ? null : read(reads, id);
    if (read == null || age < READ_FIRST_AFTER_MILLIS || isSilent()) {
      return judge(key, last.key);
    }
    return read.timeout(patienceMillis, TimeUnit.MILLISECONDS)
        .recover(
            failure -> {
              silentAtNanos = nanos.getAsLong();
              return Future.succeededFuture(Optional.of(last.key));
            })
        .compose(found -> judge(key, found));
  }

  private long ageMillis(Seen last) {
    return Math.abs(clock.millis() - last.atMillis);
  }

  private boolean isSilent() {
    return nanos.getAsLong() - silentAtNanos < NO_PATIENCE_NANOS;
  }

  /** Forgets what is remembered of a key that was changed here. */
  public void forget(String id) {
    forgotten.incrementAndGet();
    seen.invalidate(id);
  }

  /**
   * Reads what the ledger says; null if too many reads are under way. Who asks after a change does
   * not join a read from before it.
   */
  private @Nullable Future<Optional<ApiKey>> read(Questions<Optional<ApiKey>> kind, String id) {
    long before = forgotten.get();
    return kind.ask(
        id + ' ' + before,
        () -> {
          long begunAt = clock.millis();
          return ledger
              .apiKey(id)
              .onSuccess(found -> remember(id, found.orElse(null), begunAt, before))
              .onFailure(failure -> LOG.debug("an API key was not read: {}", failure.toString()));
        });
  }

  /** An answer from before a change of a key must not outlive it. */
  private void remember(String id, @Nullable ApiKey found, long begunAt, long before) {
    if (found != null && forgotten.get() == before) {
      seen.put(id, new Seen(found, begunAt));
    }
    if (found == null || forgotten.get() != before) {
      seen.invalidate(id);
    }
  }

  private Future<Caller> judge(String key, Optional<ApiKey> found) {
    return found
        .map(stored -> judge(key, stored))
        .orElseGet(() -> refused(SignInFailure.KEY, null));
  }

  private Future<Caller> judge(String key, ApiKey stored) {
    if (!fits(key, stored)) {
      return refused(SignInFailure.KEY, null);
    }
    long now = clock.millis();
    Set<Role> roles = EnumSet.noneOf(Role.class);
    stored.roles().forEach(name -> Role.find(name).ifPresent(roles::add));
    String subject = stored.id() + ":" + stored.name();
    List<String> scopes = stored.scopes();
    Quota quota = stored.quota();
    Caller caller =
        new Caller(
            subject,
            stored.tenant(),
            roles,
            Caller.Credential.API_KEY,
            scopes.isEmpty() ? Scopes.ALL : Scopes.of(scopes),
            quota.isNone() ? null : new Allowance(stored.id(), quota.perDay(), quota.perMonth()));
    Long end = stored.expiresAtMillis();
    if (end != null && now >= end) {
      return refused(SignInFailure.EXPIRED, caller.actor());
    }
    noteUse(stored, now);
    return Future.succeededFuture(caller);
  }

  private boolean fits(String key, ApiKey stored) {
    byte[] hash = ApiKeyText.hash(key).getBytes(StandardCharsets.US_ASCII);
    Previous previous = stored.previous();
    return isHash(hash, stored.hash())
        || (previous != null
            && clock.millis() < previous.untilMillis()
            && isHash(hash, previous.hash()));
  }

  private static boolean isHash(byte[] hash, String stored) {
    return MessageDigest.isEqual(hash, stored.getBytes(StandardCharsets.US_ASCII));
  }

  private void noteUse(ApiKey stored, long now) {
    if (used.getIfPresent(stored.id()) != null
        || used.asMap().putIfAbsent(stored.id(), true) != null) {
      return;
    }
    Long last = stored.lastUsedAtMillis();
    if (last == null || now - last >= USE_NOTED_FOR.toMillis()) {
      ledger
          .usedApiKey(stored.id(), now)
          .onFailure(
              failure -> LOG.debug("the use of an API key was not noted: {}", failure.toString()));
    }
  }

  private static Future<Caller> refused(SignInFailure failure, @Nullable String subject) {
    return Future.failedFuture(new SignInException(failure, subject));
  }

  /** What the ledger said, and when it was asked. */
  private record Seen(ApiKey key, long atMillis) {}
}
