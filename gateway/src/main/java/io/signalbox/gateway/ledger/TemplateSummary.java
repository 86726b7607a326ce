package io.signalbox.gateway.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a template without its texts.
 *
 * @param locales the language tags of its texts, in alphabetical order
 * @param createdAtMillis since when there is this version
 * @param createdBy who wrote it
 */
public record TemplateSummary(
    String name,
    int version,
    @Nullable String description,
    String defaultLocale,
    List<String> locales,
    long createdAtMillis,
    String createdBy) {

  /** Copies the list. */
  public TemplateSummary {
    locales = List.copyOf(locales);
  }
}
