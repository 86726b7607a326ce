package io.signalbox.simulator.core;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says of its sender.
 *
 * @param from as the request has it, or as a header would
 * @param replyTo where answers go, in the same form; empty for the sender
 */
public record MailHeaders(String from, List<String> replyTo) {
  /** One of several: up to the next comma, but for those in quotes. */
  private static final Pattern ONE = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\",]+)+");

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
        replyTo == null || replyTo.isBlank()
            ? List.of()
            : ONE.matcher(replyTo).results().map(MatchResult::group).map(String::strip).toList());
  }
}
