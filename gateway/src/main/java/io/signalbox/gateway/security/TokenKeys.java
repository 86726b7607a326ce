package io.signalbox.gateway.security;

import io.signalbox.gateway.config.SecuritySettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that tokens are verified with, kept up to date: files are read again, a published set is
 * read on a schedule, and once more when a token names a key that is not in it, though not more
 * often than every ten seconds. While a file or the address cannot be read, the last keys stay in
 * force. Thread-safe.
 */
final class TokenKeys {
  private static final Logger LOG = LoggerFactory.getLogger(TokenKeys.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final long ASK_AGAIN_MILLIS = 10_000;

  private final Vertx vertx;
  private final SecuritySettings settings;
  private final Runnable changed;
  private final @Nullable KeySetClient client;
  private volatile List<TokenKey> own = List.of();
  private volatile List<TokenKey> filed = List.of();
  private volatile List<TokenKey> published = List.of();
  private volatile long lookTimer = -1;
  private volatile long refreshTimer = -1;
  private volatile String told = "";
  private boolean looking;
  private @Nullable Future<Void> asking;
  private long askedAtMillis = Long.MIN_VALUE;

  private TokenKeys(Vertx vertx, SecuritySettings settings, Runnable changed) {
    this.vertx = vertx;
    this.settings = settings;
    this.changed = changed;
    this.client = settings.tokens().jwksUrl().map(url -> new KeySetClient(vertx, url)).orElse(null);
  }

  /**
   * Reads all keys and begins to look for others. A published set that cannot be read is waited for
   * later: the gateway starts without it.
   *
   * @param changed called, on any thread, after keys came or went
   * @return fails with an {@link IOException} if a file cannot be read or holds no key
   */
  static Future<TokenKeys> open(Vertx vertx, SecuritySettings settings, Runnable changed) {
    TokenKeys keys = new TokenKeys(vertx, settings, changed);
    return vertx
        .executeBlocking(
            () -> {
              keys.readFiles();
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

  /** The secret that this gateway signs with; tokens of {@code HS256} are tried with it alone. */
  List<TokenKey> own() {
    return own;
  }

  /** The public keys of the other issuer; empty if there is none. */
  Stream<TokenKey> others() {
    return Stream.concat(filed.stream(), published.stream());
  }

  /** Reads the published set again, unless that was done a moment ago; never fails. */
  Future<Void> askAgain(long nowMillis) {
    synchronized (this) {
      if (client == null || (asking == null && nowMillis - ASK_AGAIN_MILLIS < askedAtMillis)) {
        return Future.succeededFuture();
      }
      askedAtMillis = nowMillis;
    }
    return ask();
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
              readFiles();
              return true;
            })
        .onComplete(
            done -> {
              synchronized (this) {
                looking = false;
              }
              if (done.failed()) {
                warn("the last keys stay in force: " + done.cause().getMessage());
              }
            });
  }

  private void readFiles() throws IOException {
    SigningKey key = SigningKey.loadOrCreate(settings.jwtKeyFile(), new SecureRandom());
    byte[] secret = key.reveal().getBytes(StandardCharsets.US_ASCII);
    List<TokenKey> ownNow =
        List.of(new TokenKey(TokenAlgorithm.HS256, null, new SecretKeySpec(secret, "HmacSHA256")));
    List<TokenKey> filedNow = new ArrayList<>();
    for (Path file : settings.tokens().publicKeys()) {
      filedNow.add(PublicKeyFile.read(file));
    }
    boolean other = !own.equals(ownNow) || !filed.equals(filedNow);
    own = ownNow;
    filed = List.copyOf(filedNow);
    if (other) {
      changed.run();
    }
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
            .onFailure(
                failure ->
                    warn(
                        "the key set of security.jwks_url cannot be read, the last keys stay in"
                            + " force: "
                            + failure))
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
    told = "";
    if (!published.equals(keys)) {
      published = keys;
      LOG.info("tokens are verified with {} published keys", keys.size());
      changed.run();
    }
  }

  /** Says the same thing once. */
  private void warn(String what) {
    if (!told.equals(what)) {
      told = what;
      LOG.warn("{}", what);
    }
  }

  /** The key of a token among several; empty if none of them fits. */
  static Optional<TokenKey> signer(Stream<TokenKey> keys, ParsedToken token) {
    return keys.filter(key -> key.fits(token.algorithm(), token.keyId()))
        .filter(key -> key.algorithm().verifies(key.key(), token.signedText(), token.signature()))
        .findFirst();
  }
}
