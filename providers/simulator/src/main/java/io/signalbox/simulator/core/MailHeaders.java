package io.signalbox.simulator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says of its sender.
 *
 * @param from as the request has it, or as a header would
 * @param replyTo where answers go; empty for the sender
 */
public record MailHeaders(String from, List<String> replyTo) {
  /** Copies the list. */
  public MailHeaders {
    replyTo = List.copyOf(replyTo);
  }

  /**
   * Those of texts.
   *
   * @param from empty or null if there is none
   * @param replyTo addresses with commas between them; empty or null if there are none
   */
  public static MailHeaders of(@Nullable String from, @Nullable String replyTo) {
    return new MailHeaders(
        from == null ? "" : from,
        replyTo == null || replyTo.isBlank() ? List.of() : List.of(replyTo.split(",\\s*")));
  }
}
