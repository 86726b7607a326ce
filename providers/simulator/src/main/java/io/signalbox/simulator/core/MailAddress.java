package io.signalbox.simulator.core;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mail addresses, and the ones with a meaning of their own here. */
public final class MailAddress {
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@<>,;:\"]{1,64}@[A-Za-z0-9.-]{1,255}");
  private static final Pattern NAMED = Pattern.compile("[^<>]*<([^<>]+)>\\s*");

  private MailAddress() {}

  /** What becomes of a mail to an address. */
  public enum Fate {
    DELIVERED,
    BOUNCED,
    COMPLAINED,
    REFUSED
  }

  /** Whether it looks like {@code local@domain}. */
  public static boolean isValid(String address) {
    return ADDRESS.matcher(address).matches();
  }

  /** The address of {@code Name <address>}, or the text itself. */
  public static String bare(String text) {
    Matcher matcher = NAMED.matcher(text);
    return matcher.matches() ? matcher.group(1).trim() : text.trim();
  }

  /** The fate that is written in the address itself. */
  public static Fate fateOf(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    if (lower.contains("blocked") || lower.contains("reject")) {
      return Fate.REFUSED;
    }
    if (lower.contains("bounce")) {
      return Fate.BOUNCED;
    }
    return lower.contains("complain") ? Fate.COMPLAINED : Fate.DELIVERED;
  }
}
