package io.signalbox.testkit;

import io.signalbox.spi.MailAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Under whom a mail went out, as its request says.
 *
 * @param address of the sender
 * @param name beside it; null for none
 * @param replyTo where answers go; empty for the sender
 */
public record SentAs(String address, @Nullable String name, List<MailAddress> replyTo) {
  private static final Pattern NAMED = Pattern.compile("(.*) <([^<>]+)>");
  private static final Pattern WORD = Pattern.compile("=\\?UTF-8\\?B\\?([^?]*)\\?=\\s*");

  /** One of several: up to the next comma, but for those in quotes. */
  private static final Pattern ONE = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\",]+)+");

  /** Copies the list. */
  public SentAs {
    replyTo = List.copyOf(replyTo);
  }

  /**
   * The one that texts say.
   *
   * @param from as in a header: the name quoted, in encoded words, or neither
   * @param replyTo the addresses in the same forms, with commas between them; null for none
   */
  public static SentAs of(String from, @Nullable String replyTo) {
    List<MailAddress> answers = new ArrayList<>();
    Matcher each = ONE.matcher(replyTo == null ? "" : replyTo);
    while (each.find()) {
      answers.add(address(each.group().strip()));
    }
    MailAddress sender = address(from);
    return new SentAs(sender.address(), sender.name(), answers);
  }

  private static MailAddress address(String text) {
    Matcher named = NAMED.matcher(text);
    return named.matches()
        ? new MailAddress(named.group(2), plain(named.group(1)))
        : new MailAddress(text, null);
  }

  private static String plain(String name) {
    if (name.startsWith("\"")) {
      return name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    return WORD.matcher(name)
        .replaceAll(
            word ->
                Matcher.quoteReplacement(
                    new String(Base64.getDecoder().decode(word.group(1)), StandardCharsets.UTF_8)));
  }
}
