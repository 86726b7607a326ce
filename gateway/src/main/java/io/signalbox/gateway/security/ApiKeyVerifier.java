package io.signalbox.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.ApiKey.Previous;
import io.signalbox.gateway.ledger.ApiKeyLedger;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies API keys. What the ledger says of a key is remembered for less than a second and read
 * again ahead of that while the key is in use, so that a busy caller never waits for the ledger,
 * and a key that was taken back at another gateway is refused here within a second. While the
 * ledger does not answer, what it said last counts for up to ten minutes. Thread-safe.
 */
public final class ApiKeyVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(ApiKeyVerifier.class);
  private static final int REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);
  private static final long READ_AHEAD_AFTER_MILLIS = 400;
  private static final long READ_FIRST_AFTER_MILLIS = 800;
  private static final int MOST_READS = 64;

  /** How exact the time of the last use is: each key costs one change of the ledger so often. */
  private static final Duration USE_NOTED_FOR = Duration.ofMinutes(10);

  private final ApiKeyLedger ledger;
  private final Clock clock;
  private final AtomicLong forgotten = new AtomicLong();
  private final Map<String, Future<Optional<ApiKey>>> reading = new ConcurrentHashMap<>();
  private final Cache<String, Seen> seen =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();
  private final Cache<String, Boolean> used =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(USE_NOTED_FOR).build();

  /**
   * Makes a verifier.
   *
   * @param clock wall time
   */
  public ApiKeyVerifier(ApiKeyLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Verifies a key.
   *
   * @return fails with a {@link SignInException}, or a {@link GatewayException} of status 503 if
   *     too many unknown keys are being looked for
   */
  Future<Caller> verify(String key) {
    String id = ApiKeyText.id(key).orElse(null);
    if (id == null) {
      return refused(SignInFailure.MALFORMED, null);
    }
    Seen last = seen.getIfPresent(id);
    long age = last == null ? Long.MAX_VALUE : Math.abs(clock.millis() - last.atMillis);
    // What does not fit may have been rotated elsewhere a moment ago: the ledger is asked.
    if (last != null && age < READ_FIRST_AFTER_MILLIS && fits(key, last.key)) {
      if (age >= READ_AHEAD_AFTER_MILLIS && reading.size() < MOST_READS) {
        read(id).onFailure(failure -> LOG.debug("an API key was not read: {}", failure.toString()));
      }
      return judge(key, last.key);
    }
    if (reading.size() >= MOST_READS && !reading.containsKey(id)) {
      return Future.failedFuture(new GatewayException(503, "too many keys are being looked for"));
    }
    return read(id)
        .recover(
            failure ->
                last == null
                    ? Future.failedFuture(failure)
                    : Future.succeededFuture(Optional.of(last.key)))
        .compose(
            found ->
                found
                    .map(stored -> judge(key, stored))
                    .orElseGet(() -> refused(SignInFailure.KEY, null)));
  }

  /** Forgets what is remembered of a key that was changed here. */
  public void forget(String id) {
    forgotten.incrementAndGet();
    reading.remove(id);
    seen.invalidate(id);
  }

  private Future<Optional<ApiKey>> read(String id) {
    Future<Optional<ApiKey>> underWay = reading.get(id);
    if (underWay != null) {
      return underWay;
    }
    long begunAt = clock.millis();
    long before = forgotten.get();
    Future<Optional<ApiKey>> read =
        ledger.apiKey(id).onSuccess(found -> remember(id, found.orElse(null), begunAt, before));
    reading.put(id, read);
    return read.onComplete(done -> reading.remove(id, read));
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

  private Future<Caller> judge(String key, ApiKey stored) {
    long now = clock.millis();
    String subject = stored.id() + ":" + stored.name();
    if (!fits(key, stored)) {
      return refused(SignInFailure.KEY, null);
    }
    Long end = stored.expiresAtMillis();
    if (end != null && now >= end) {
      return refused(SignInFailure.EXPIRED, subject);
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    stored.roles().forEach(name -> Role.find(name).ifPresent(roles::add));
    noteUse(stored, now);
    return Future.succeededFuture(
        new Caller(subject, stored.tenant(), roles, Caller.Credential.API_KEY));
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
