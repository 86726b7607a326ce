package io.signalbox.simulator.core;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that one API took. It counts all of them and keeps the newest, each as the bytes of
 * its JSON form, within a number of entries and a number of bytes.
 */
public final class ReceivedLog {
  private static final int MAX_TEXT = 256;

  private final Clock clock;
  private final int maxEntries;
  private final long maxBytes;
  private final ArrayDeque<byte[]> kept = new ArrayDeque<>();
  private long keptBytes;
  private long count;

  /** An empty log within these bounds. */
  public ReceivedLog(Clock clock, int maxEntries, long maxBytes) {
    this.clock = clock;
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /**
   * Adds a message.
   *
   * @param reference the sender's own correlation value, if the request had one
   * @param text the content, of which the first 256 characters are kept
   * @param delivered whether it reached its recipient, or was taken only
   */
  public void add(
      String recipient, @Nullable String reference, String id, String text, boolean delivered) {
    add(entry(recipient, reference, id, text, delivered));
  }

  /**
   * Adds a mail, as {@link #add(String, String, String, String, boolean)} adds a message.
   *
   * @param headers what it says of its sender
   */
  public void add(
      String recipient,
      @Nullable String reference,
      String id,
      String text,
      boolean delivered,
      MailHeaders headers) {
    add(
        entry(recipient, reference, id, text, delivered)
            .put("from", headers.from())
            .put("reply_to", new JsonArray(headers.replyTo())));
  }

  private JsonObject entry(
      String recipient, @Nullable String reference, String id, String text, boolean delivered) {
    return new JsonObject()
        .put("recipient", recipient)
        .put("reference", reference)
        .put("id", id)
        .put("time", clock.instant().toString())
        .put("delivered", delivered)
        .put("text", shortened(text));
  }

  private void add(JsonObject message) {
    byte[] entry = message.toBuffer().getBytes();
    kept.add(entry);
    keptBytes += entry.length;
    count++;
    while (kept.size() > maxEntries || keptBytes > maxBytes) {
      keptBytes -= kept.remove().length;
    }
  }

  /** How many messages were taken since the log was last emptied. */
  public long count() {
    return count;
  }

  /** The number of the oldest message that is still kept, counted from 0. */
  public long firstKept() {
    return count - kept.size();
  }

  /** The JSON forms of the kept messages from number {@code offset} on, at most {@code limit}. */
  public List<byte[]> page(long offset, int limit) {
    long skip = Math.max(0, offset - firstKept());
    List<byte[]> page = new ArrayList<>();
    Iterator<byte[]> entries = kept.iterator();
    for (long i = 0; entries.hasNext() && page.size() < limit; i++) {
      byte[] entry = entries.next();
      if (i >= skip) {
        page.add(entry);
      }
    }
    return page;
  }

  /** Empties the log and starts counting again. */
  public void clear() {
    kept.clear();
    keptBytes = 0;
    count = 0;
  }

  private static String shortened(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return text.substring(0, end);
  }
}
