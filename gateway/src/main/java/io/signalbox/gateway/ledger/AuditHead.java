package io.signalbox.gateway.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the chain of the audit log ends. Kept elsewhere, it shows later whether what the log had
 * then is still the same.
 *
 * @param seq the number of the last line; 0 if there is none
 * @param hash its hash, in 64 hexadecimal digits
 */
public record AuditHead(long seq, String hash) {
  private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,17}):([0-9a-f]{64})");

  /** Before the first line. */
  public static final AuditHead NONE = new AuditHead(0, "0".repeat(64));

  /** Reads the text that {@link #text()} makes; empty if it is none. */
  public static Optional<AuditHead> parse(String text) {
    Matcher found = TEXT.matcher(text);
    return found.matches()
        ? Optional.of(new AuditHead(Long.parseLong(found.group(1)), found.group(2)))
        : Optional.empty();
  }

  /** The number, a colon and the hash. */
  public String text() {
    return seq + ":" + hash;
  }
}
