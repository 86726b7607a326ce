package io.signalbox.gateway.security;

import io.signalbox.gateway.security.TokenRules.Verified;
import io.vertx.core.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The few tokens that were shown last on one event loop. A token is a new string in every request,
 * and to look it up costs its hash, which is more than to compare it with these. What it knows is a
 * second old at most, and is forgotten at once when keys change. Used on one event loop.
 *
 * <p>The time of a comparison says how long a common beginning is; who guesses that way would have
 * to guess a signature a machine word at a time, through the noise of a network.
 */
public final class RecentTokens {
  /** Whoever has more callers at a time pays for this and the look-up. */
  private static final int KEPT = 4;

  private static final long LONGEST_MILLIS = 1_000;

  private final TokenVerifier verifier;
  private final LongSupplier millis;
  private final @Nullable Seen[] seen = new @Nullable Seen[KEPT];
  private int next;

  /**
   * Makes it, without any.
   *
   * @param millis wall time
   */
  RecentTokens(TokenVerifier verifier, LongSupplier millis) {
    this.verifier = verifier;
    this.millis = millis;
  }

  /** Who shows a token that was verified before and has not ended; null for every other. */
  @Nullable Future<Caller> of(String token) {
    long now = millis.getAsLong();
    for (int i = 0; i < KEPT; i++) {
      Seen each = seen[i];
      if (each != null && each.token().equals(token)) {
        if (each.holds(now, verifier.generation())) {
          return each.caller();
        }
        seen[i] = null;
      }
    }
    return look(token, now);
  }

  private @Nullable Future<Caller> look(String token, long now) {
    // Before the look-up: what is found after keys have changed is then not taken for new.
    long generation = verifier.generation();
    Verified known = verifier.verifiedBefore(token);
    if (known == null) {
      return null;
    }
    Future<Caller> caller = Future.succeededFuture(known.caller());
    long until = Math.min(known.endsAtMillis(), now + LONGEST_MILLIS);
    seen[next] = new Seen(token, caller, generation, now, until);
    next = (next + 1) % KEPT;
    return caller;
  }

  /** A wall clock that goes back makes nothing hold for longer. */
  private record Seen(
      String token, Future<Caller> caller, long generation, long sinceMillis, long untilMillis) {
    boolean holds(long nowMillis, long nowGeneration) {
      return generation == nowGeneration && nowMillis >= sinceMillis && nowMillis < untilMillis;
    }
  }
}
