package io.signalbox.gateway.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as it is stored: what it says cannot be turned back into the key.
 *
 * @param id part of the key itself, and shown everywhere
 * @param tenant to whom it belongs
 * @param name in its owner's words
 * @param roles what it may do, by the roles' names
 * @param scopes to what it is narrowed, by the scopes' names; empty: not at all
 * @param quota how many notifications it may send
 * @param hash SHA-256 of the whole key, in hexadecimal digits
 * @param previous the key before the last rotation; null if there is none
 * @param createdAtMillis when, epoch milliseconds
 * @param createdBy who made it
 * @param rotatedAtMillis when its secret was last replaced; null for never
 * @param expiresAtMillis from then on it is refused; null for never
 * @param lastUsedAtMillis when it was last used, to about ten minutes; null for never
 */
public record ApiKey(
    String id,
    String tenant,
    String name,
    List<String> roles,
    List<String> scopes,
    Quota quota,
    String hash,
    @Nullable Previous previous,
    long createdAtMillis,
    String createdBy,
    @Nullable Long rotatedAtMillis,
    @Nullable Long expiresAtMillis,
    @Nullable Long lastUsedAtMillis) {

  /** Copies the lists. */
  public ApiKey {
    roles = List.copyOf(roles);
    scopes = List.copyOf(scopes);
  }

  /** Whether it is refused by then because its time is over. */
  public boolean hasEnded(long nowMillis) {
    return expiresAtMillis != null && nowMillis >= expiresAtMillis;
  }

  /**
   * How many notifications a key may send; 0 for as many as one likes.
   *
   * @param perDay in a day of UTC
   * @param perMonth in a month of UTC
   */
  public record Quota(long perDay, long perMonth) {
    /** No limit. */
    public static final Quota NONE = new Quota(0, 0);

    /** Whether nothing is limited. */
    public boolean isNone() {
      return perDay == 0 && perMonth == 0;
    }
  }

  /**
   * A key that was replaced and still counts.
   *
   * @param hash as of the key itself
   * @param untilMillis from then on it is refused
   */
  public record Previous(String hash, long untilMillis) {}

  @Override
  public String toString() {
    return "ApiKey[" + id + "]";
  }
}
