package io.signalbox.gateway.notification;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What makes an address usable. Each check returns what would be right, or null if all is well. */
final class AddressRules {
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final String PHONE_RULE =
      "must be a number in E.164 form: a plus sign, country code and number,"
          + " 7 to 15 digits without spaces or punctuation, such as +15558675310";
  private static final String EMAIL_RULE = "must be one mail address, such as alex@example.com";

  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern HEADER_EMAIL =
      Pattern.compile(ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")+");

  private static final String HEADER_RULE =
      "must be one mail address in ASCII, such as alex@example.com";

  private AddressRules() {}

  static @Nullable String email(String text) {
    int at = text.lastIndexOf('@');
    int dot = text.lastIndexOf('.');
    boolean shape =
        at > 0
            && at <= LONGEST_LOCAL_PART
            && at == text.indexOf('@')
            && at < text.length() - 1
            && text.length() <= LONGEST_EMAIL
            && text.charAt(at + 1) != '.'
            && dot != text.length() - 1;
    if (!shape) {
      return EMAIL_RULE;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7f || "<>()[],;:\\\"".indexOf(c) >= 0) {
        return EMAIL_RULE;
      }
    }
    return null;
  }

  /**
   * An address that stands in a header: in the one form that all providers take, since one of them
   * that refuses its sender counts as unable to work.
   */
  static @Nullable String headerEmail(String text) {
    return email(text) == null && HEADER_EMAIL.matcher(text).matches() ? null : HEADER_RULE;
  }

  static @Nullable String phone(String text) {
    int digits = text.length() - 1;
    if (digits < 7 || digits > 15 || text.charAt(0) != '+' || text.charAt(1) == '0') {
      return PHONE_RULE;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return PHONE_RULE;
      }
    }
    return null;
  }

  static @Nullable String country(String text) {
    boolean fits = text.length() == 2 && isLetter(text.charAt(0)) && isLetter(text.charAt(1));
    return fits ? null : "must be a country of ISO 3166-1 alpha-2, such as us";
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
