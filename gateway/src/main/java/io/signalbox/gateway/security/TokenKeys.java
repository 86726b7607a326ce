package io.signalbox.gateway.security;

import io.signalbox.gateway.config.SecuritySettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that tokens are verified with, kept up to date: files are read again each second, a
 * published set is read on a schedule, and once more when a token's key is not in it, though not
 * more often than every ten seconds. While a file or the address cannot be read, its last keys stay
 * in force. Thread-safe.
 */
final class TokenKeys {
  private static final Logger LOG = LoggerFactory.getLogger(TokenKeys.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final String ADDRESS = "security.jwks_url";

  private final Vertx vertx;
  private final SecuritySettings settings;
  private final Runnable changed;
  private final LongSupplier nanos;
  private final KeyFiles files;
  private final Troubles troubles = new Troubles(LOG);
  private final @Nullable KeySetClient client;
  private volatile List<TokenKey> published = List.of();
  private volatile long lookTimer = -1;
  private volatile long refreshTimer = -1;
  private boolean looking;
  private @Nullable Future<Void> asking;
  private long askedAgainAtNanos;

  private TokenKeys(Vertx vertx, SecuritySettings settings, Runnable changed, LongSupplier nanos) {
    this.vertx = vertx;
    this.settings = settings;
    this.changed = changed;
    this.nanos = nanos;
    this.files = new KeyFiles(settings, changed);
    this.client = settings.tokens().jwksUrl().map(url -> new KeySetClient(vertx, url)).orElse(null);
    this.askedAgainAtNanos = nanos.getAsLong() - ASK_AGAIN_NANOS;
  }

  /**
   * Reads all keys and begins to look for others. A published set that cannot be read is waited for
   * later: the gateway starts without it.
   *
   * @param changed called, on any thread, after keys came or went
   * @param nanos monotonic time
   * @return fails with an {@link IOException} if a file cannot be read or holds no key
   */
  static Future<TokenKeys> open(
      Vertx vertx, SecuritySettings settings, Runnable changed, LongSupplier nanos) {
    TokenKeys keys = new TokenKeys(vertx, settings, changed, nanos);
    return vertx
        .executeBlocking(
            () -> {
              keys.files.open();
              return keys;
            })
        .compose(read -> keys.ask())
        .map(
            asked -> {
              keys.schedule();
              return keys;
            })
        .onFailure(failure -> keys.close());
  }

  /** The secrets of this gateway; tokens of {@code HS256} are tried with them alone. */
  List<TokenKey> own() {
    return files.own();
  }

  /** The public keys of the other issuer; empty if there is none. */
  List<TokenKey> others() {
    return Stream.concat(files.others().stream(), published.stream()).toList();
  }

  /** Whether a key is still in force. */
  boolean has(TokenKey key) {
    return own().contains(key) || files.others().contains(key) || published.contains(key);
  }

  /**
   * Reads the published set again, or waits for who does so now.
   *
   * @return never fails; null if that was done a moment ago
   */
  @Nullable Future<Void> askAgain() {
    synchronized (this) {
      if (client == null) {
        return null;
      }
      if (asking != null) {
        return asking;
      }
      long now = nanos.getAsLong();
      if (now - askedAgainAtNanos < ASK_AGAIN_NANOS) {
        return null;
      }
      askedAgainAtNanos = now;
      return ask();
    }
  }

  /** Looks for no more keys. */
  Future<Void> close() {
    Stream.of(lookTimer, refreshTimer).filter(timer -> timer >= 0).forEach(vertx::cancelTimer);
    return client == null ? Future.succeededFuture() : client.close();
  }

  private void schedule() {
    lookTimer = vertx.setPeriodic(LOOK_MILLIS, tick -> look());
    if (client != null) {
      refreshTimer = vertx.setPeriodic(settings.tokens().jwksRefresh().toMillis(), tick -> ask());
    }
  }

  private void look() {
    synchronized (this) {
      if (looking) {
        return;
      }
      looking = true;
    }
    vertx
        .executeBlocking(
            () -> {
              files.look();
              return true;
            })
        .onFailure(failure -> LOG.warn("the files with keys were not read", failure))
        .onComplete(done -> looked());
  }

  private synchronized void looked() {
    looking = false;
  }

  /** Asks the address, if there is one and no question is under way; never fails. */
  private synchronized Future<Void> ask() {
    if (client == null) {
      return Future.succeededFuture();
    }
    if (asking != null) {
      return asking;
    }
    Future<Void> answer =
        client
            .read()
            .onSuccess(this::publish)
            .onFailure(failure -> troubles.tell(ADDRESS, failure.toString()))
            .transform(done -> Future.succeededFuture());
    asking = answer;
    answer.onComplete(done -> answered(answer));
    return answer;
  }

  private synchronized void answered(Future<Void> answer) {
    if (asking == answer) {
      asking = null;
    }
  }

  private void publish(List<TokenKey> keys) {
    troubles.over(ADDRESS);
    if (!published.equals(keys)) {
      published = keys;
      LOG.info("tokens are verified with {} published keys", keys.size());
      changed.run();
    }
  }
}
