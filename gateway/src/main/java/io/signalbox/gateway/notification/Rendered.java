package io.signalbox.gateway.notification;

import org.jspecify.annotations.Nullable;

/**
 * The texts that a template gave.
 *
 * @param template its name
 * @param version which version it was
 * @param locale the language tag of the texts
 */
public record Rendered(
    String template,
    int version,
    String locale,
    @Nullable String title,
    @Nullable String message,
    @Nullable String html) {

  @Override
  public String toString() {
    return "Rendered[" + template + " version " + version + " in " + locale + ", texts masked]";
  }
}
