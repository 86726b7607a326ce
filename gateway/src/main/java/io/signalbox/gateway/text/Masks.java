package io.signalbox.gateway.text;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Blots personal data out of what others say: they quote addresses, numbers and names. */
public final class Masks {
  private static final String RECIPIENT = "(recipient)";
  private static final String PERSONAL = "(personal)";

  /** What is shorter may stand in a text for something else. */
  private static final int SHORTEST = 5;

  private static final Pattern MAIL = Pattern.compile("[\\w.%+-]{1,100}@[\\w.-]{1,200}");

  /** A telephone number with its plus, with or without the usual gaps. */
  private static final Pattern NUMBER = Pattern.compile("\\+\\d(?:[ ().-]{0,2}\\d){6,18}");

  private Masks() {}

  /**
   * A text without a recipient, and without any mail address.
   *
   * @param text null stays null
   * @param recipient whose address it may hold, with or without the plus of a number; null if only
   *     mail addresses are looked for
   */
  public static @Nullable String recipient(@Nullable String text, @Nullable String recipient) {
    return text == null
        ? null
        : mails(recipient == null ? text : known(text, recipient, RECIPIENT), RECIPIENT);
  }

  /**
   * A text without values that are known to be personal, and without any mail address or telephone
   * number in the international form.
   *
   * @param text null stays null
   * @param values such as a name or an address; those of less than five characters stay
   */
  public static @Nullable String personal(@Nullable String text, List<String> values) {
    if (text == null) {
      return null;
    }
    String masked = text;
    for (String value : values) {
      masked = known(masked, value, PERSONAL);
    }
    masked = mails(masked, PERSONAL);
    return masked.indexOf('+') < 0 ? masked : NUMBER.matcher(masked).replaceAll(PERSONAL);
  }

  private static String known(String text, String value, String mask) {
    String bare = value.replaceFirst("^\\+", "");
    return bare.length() < SHORTEST
        ? text
        : Pattern.compile("\\+?" + Pattern.quote(bare), Pattern.CASE_INSENSITIVE)
            .matcher(text)
            .replaceAll(mask);
  }

  private static String mails(String text, String mask) {
    return text.indexOf('@') < 0 ? text : MAIL.matcher(text).replaceAll(mask);
  }
}
