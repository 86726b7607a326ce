package io.signalbox.gateway.notification;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What names of templates and languages look like. Each check returns what would be right. */
public final class TemplateRules {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}");

  private TemplateRules() {}

  /** Null if a template can have that name. */
  public static @Nullable String name(String text) {
    return NAME.matcher(text).matches()
        ? null
        : "must be 1 to 40 lower-case letters, digits and hyphens, a letter first";
  }

  /** Null if a text has the form of a language tag. */
  public static @Nullable String locale(String text) {
    return text.length() <= Limits.LOCALE && TAG.matcher(text).matches()
        ? null
        : "must be a language tag as in BCP 47, such as en or de-AT";
  }
}
