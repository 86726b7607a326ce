package io.signalbox.provider.mailgun;

import io.signalbox.toolkit.signature.Sha256;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest tokens of genuine webhooks, each with a hash of the event that it came with.
 *
 * <p>Mailgun signs a token and not the event: who has seen one webhook could send others with its
 * signature. A token is therefore good for one event only; the same event again is a repeat. Kept
 * in memory, the oldest fall out. For one thread.
 */
final class UsedTokens {
  /** About 15 MB if all places are taken. */
  static final int LIMIT = 65_536;

  private final Map<String, byte[]> events;

  UsedTokens(int limit) {
    this.events =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > limit;
          }
        };
  }

  /** Whether the token is new, or came with this very event before. */
  boolean admits(String token, Buffer event) {
    byte[] hash = Sha256.of(event);
    byte[] known = events.putIfAbsent(token, hash);
    return known == null || MessageDigest.isEqual(known, hash);
  }
}
