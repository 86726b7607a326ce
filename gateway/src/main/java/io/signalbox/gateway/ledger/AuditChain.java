package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chain of the audit log: each line has the hash of the line before in its own.
 *
 * <p>A hash is the SHA-256 of these texts one after another, each as the length of its UTF-8 form
 * in four bytes (the highest first) and that form; NULL is the length -1 alone: {@code
 * signalbox-audit-1}, seq, previous_hash, created_at in milliseconds since 1970, scope, tenant,
 * actor, origin, action, target, before_value, after_value, outcome, detail, correlation_id.
 * Numbers are decimal. All columns but the hash itself are in it. Pure.
 */
public final class AuditChain {
  /** The action of the first line. */
  public static final String BEGIN = "audit.begin";

  /** The action of a line that says up to where old lines were removed. */
  public static final String CHECKPOINT = "audit.checkpoint";

  private static final String FORM = "signalbox-audit-1";
  private static final int LONGEST_NAME = 512;
  private static final int LONGEST_VALUE = 16 << 10;
  private static final int LONGEST_DETAIL = 2048;
  private static final String CUT = "...";
  private static final String LINES_BEFORE = "lines_before";
  private static final String SEQ = "seq";
  private static final String HASH = "hash";
  private static final Who GATEWAY = new Who("", "signalbox", "", "");

  private AuditChain() {}

  /** The row that follows a head. */
  public static AuditRow next(AuditHead head, AuditEntry storable) {
    long seq = head.seq() + 1;
    String scope = AuditScope.of(storable.action()).wireName();
    return new AuditRow(seq, scope, storable, head.hash(), hash(seq, scope, storable, head.hash()));
  }

  /** The hash that a row should have. */
  public static String hash(AuditRow row) {
    return hash(row, row.seq());
  }

  /** The hash that a row should have if it had another number. */
  static String hash(AuditRow row, long seq) {
    return hash(seq, row.scope(), row.entry(), row.previousHash());
  }

  private static String hash(long seq, String scope, AuditEntry entry, String previousHash) {
    Who who = entry.who();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    add(bytes, FORM);
    add(bytes, Long.toString(seq));
    add(bytes, previousHash);
    add(bytes, Long.toString(entry.atMillis()));
    add(bytes, scope);
    add(bytes, who.tenant());
    add(bytes, who.actor());
    add(bytes, who.origin());
    add(bytes, entry.action());
    add(bytes, entry.target());
    add(bytes, entry.before());
    add(bytes, entry.after());
    add(bytes, entry.outcome());
    add(bytes, entry.detail());
    add(bytes, who.correlationId());
    return HexFormat.of().formatHex(Sha256.of(bytes.toByteArray()));
  }

  private static void add(ByteArrayOutputStream bytes, @Nullable String text) {
    byte[] utf8 = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    int length = utf8 == null ? -1 : utf8.length;
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    if (utf8 != null) {
      bytes.writeBytes(utf8);
    }
  }

  /**
   * The first line of a chain.
   *
   * @param before how many lines there are already, which no hash covers
   */
  public static AuditEntry begin(long atMillis, long before) {
    return new AuditEntry(
        atMillis,
        GATEWAY,
        BEGIN,
        "audit_log",
        null,
        new JsonObject().put(LINES_BEFORE, before).encode(),
        AuditEntry.DONE,
        "");
  }

  /** How many lines there were before the chain, as its first line says. */
  static long before(AuditEntry first) {
    String after = first.after();
    if (!first.action().equals(BEGIN) || after == null) {
      return 0;
    }
    try {
      return new JsonObject(after).getLong(LINES_BEFORE, 0L);
    } catch (DecodeException | ClassCastException e) {
      return 0;
    }
  }

  /**
   * The line that stands for those that were removed.
   *
   * @param last the last of them
   */
  public static AuditEntry checkpoint(long atMillis, AuditHead last) {
    return new AuditEntry(
        atMillis,
        GATEWAY,
        CHECKPOINT,
        "audit_log",
        new JsonObject().put(SEQ, last.seq()).put(HASH, last.hash()).encode(),
        null,
        AuditEntry.DONE,
        "lines up to this one were kept for long enough");
  }

  /** The last line that was removed, if a line is a checkpoint. */
  static Optional<AuditHead> removed(AuditEntry entry) {
    String before = entry.before();
    if (!entry.action().equals(CHECKPOINT) || before == null) {
      return Optional.empty();
    }
    try {
      JsonObject json = new JsonObject(before);
      return Optional.of(new AuditHead(json.getLong(SEQ, 0L), json.getString(HASH, "")));
    } catch (DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }

  /**
   * An entry whose texts every store gives back as they were: of bounded length, without what UTF-8
   * or a store cannot hold.
   */
  public static AuditEntry storable(AuditEntry entry) {
    Who who = entry.who();
    return new AuditEntry(
        entry.atMillis(),
        new Who(
            text(who.tenant(), LONGEST_NAME),
            text(who.actor(), LONGEST_NAME),
            text(who.origin(), LONGEST_NAME),
            text(who.correlationId(), LONGEST_NAME)),
        text(entry.action(), LONGEST_NAME),
        text(entry.target(), LONGEST_NAME),
        textOrNull(entry.before()),
        textOrNull(entry.after()),
        text(entry.outcome(), LONGEST_NAME),
        text(entry.detail(), LONGEST_DETAIL));
  }

  private static @Nullable String textOrNull(@Nullable String text) {
    return text == null ? null : text(text, LONGEST_VALUE);
  }

  private static String text(String text, int longest) {
    String bounded =
        text.length() > longest ? text.substring(0, longest - CUT.length()) + CUT : text;
    // Half a character becomes a question mark.
    return new String(bounded.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
        .replace('\0', '?');
  }
}
