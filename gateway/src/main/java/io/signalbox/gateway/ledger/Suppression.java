package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.SuppressionReason;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recipient that gets nothing more over a channel.
 *
 * @param id of the entry, growing; a recipient that is put on the list again gets a new one
 * @param addressee who
 * @param reason why
 * @param origin who said so
 * @param createdAtMillis since when
 */
public record Suppression(
    long id, Addressee addressee, SuppressionReason reason, Origin origin, long createdAtMillis) {

  /** Where an entry comes from. */
  public enum Source {
    /** A provider's receipt. */
    RECEIPT,
    /** A provider's refusal of an attempt. */
    OUTCOME,
    /** A person or an application, by the API. */
    API;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The lower-case name used in the API and in the ledger. */
    public String wireName() {
      return wireName;
    }

    /** Finds the source of a wire name. */
    public static Optional<Source> find(String wireName) {
      for (Source source : values()) {
        if (source.wireName.equals(wireName)) {
          return Optional.of(source);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Who said that a recipient is to get nothing more.
   *
   * @param provider who told it; null if no provider did
   * @param notification the id of the notification that it was about; null if it was about none
   * @param note a person's words; null for none
   * @param createdBy the caller of the API; null if it was none
   */
  public record Origin(
      Source source,
      @Nullable String provider,
      @Nullable String notification,
      @Nullable String note,
      @Nullable String createdBy) {

    /** A provider has told it. */
    public static Origin provider(Source source, String provider, @Nullable String notification) {
      return new Origin(source, provider, notification, null, null);
    }

    /** A caller of the API has asked for it. */
    public static Origin api(String createdBy, @Nullable String note) {
      return new Origin(Source.API, null, null, note, createdBy);
    }
  }
}
