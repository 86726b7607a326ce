package io.signalbox.gateway.ledger;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the whole audit log has shown.
 *
 * @param lines how many lines with a hash there are
 * @param unchained how many lines there are from before there was a chain
 * @param removed the last of the first lines that are gone because they were kept for long enough,
 *     as a line says; 0 for none
 * @param head the end of the chain
 * @param fault the first thing that is wrong; null if nothing is
 */
public record AuditVerdict(
    long lines, long unchained, long removed, AuditHead head, @Nullable Fault fault) {

  /** As JSON, in the words of the API. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("intact", fault == null)
            .put("lines", lines)
            .put("unchained", unchained)
            .put("removed", removed)
            .put("head", head.text());
    if (fault != null) {
      json.put(
          "fault",
          new JsonObject()
              .put("kind", fault.kind().wireName())
              .put("seq", fault.seq())
              .put("detail", fault.detail()));
    }
    return json;
  }

  /**
   * Something that is wrong.
   *
   * @param kind what
   * @param seq the first line that it is about
   * @param detail for people
   */
  public record Fault(Kind kind, long seq, String detail) {}

  /** What can be wrong. */
  public enum Kind {
    /** A line is not what it was. */
    CHANGED,
    /** A line is not there, and later ones are. */
    MISSING,
    /** A line stands in another's place. */
    REORDERED,
    /** A line stands behind the end, or before the beginning. */
    INSERTED,
    /** The last lines are not there. */
    CUT_OFF,
    /** The chain is whole, but another than the one that was kept elsewhere tells of, or may be. */
    REWRITTEN,
    /** The end of the chain is not written down any more. */
    NO_HEAD;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The lower-case name used in the API. */
    public String wireName() {
      return wireName;
    }
  }
}
