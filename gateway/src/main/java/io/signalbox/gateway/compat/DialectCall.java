package io.signalbox.gateway.compat;

import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call of a dialect. Pure and thread-safe. */
public sealed interface DialectCall {

  /** The path as at the provider, with {@code :name} for its parts. */
  String path();

  /** A refusal in this call's own form; empty where that is the form of all of the dialect. */
  default Optional<DialectAnswer> refuse(Refusal refusal) {
    return Optional.empty();
  }

  /** A call that sends. Made by {@code POST}, or {@linkplain #isMadeByGet by GET too}. */
  non-sealed interface Sending extends DialectCall {
    /** The largest body that is taken, in bytes. */
    int maxBytes();

    /** Whether the API lets it be made by {@code GET} too, with its fields in the query. */
    default boolean isMadeByGet() {
      return false;
    }

    /**
     * Whether {@link Dialect#credentialInBody} may find one in its body, which is read for that
     * before it is known whose it is.
     */
    default boolean hasCredentialInBody() {
      return false;
    }

    /**
     * What is asked for: at least one notification, in the order of the answer.
     *
     * @throws RefusedException if the request as a whole cannot be done
     */
    Asked read(DialectRequest request);

    /**
     * The answer.
     *
     * @param taken what became of each notification, in the same order
     */
    DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken);
  }

  /** A call that asks for one notification. Made by {@code GET}. */
  non-sealed interface Fetching extends DialectCall {
    /** Which one, by the provider's form of the id; empty if it is none. */
    Optional<NotificationId> id(DialectRequest request);

    /** Which others were sent with it as one message; empty for none. */
    default List<NotificationId> others(Timeline found) {
      return List.of();
    }

    /**
     * The answer.
     *
     * @param found the one that was asked for, and after it those of its {@link #others} that are
     *     still there
     * @throws RefusedException if it is not one that this call can tell
     */
    DialectAnswer answer(DialectRequest request, List<Timeline> found);
  }

  /** A call that asks for the latest notifications. Made by {@code GET}. */
  non-sealed interface Listing extends DialectCall {
    /** Which ones. */
    Wanted wanted(DialectRequest request);

    /**
     * The answer.
     *
     * @param found newest first
     * @param next where the next page begins; null if there is none
     */
    DialectAnswer answer(DialectRequest request, List<Timeline> found, @Nullable Long next);
  }

  /**
   * Which notifications are listed, newest first.
   *
   * @param channels on which they are; at least one
   * @param recipient any of its addresses; null for all
   * @param fromMillis only those accepted at or after this time; 0 for all
   * @param untilMillis only those accepted before this time; {@link Long#MAX_VALUE} for all
   * @param before where the page begins; {@link Long#MAX_VALUE} for the first one
   * @param limit how many at most, 1 to {@link #MOST}
   */
  record Wanted(
      Set<Channel> channels,
      @Nullable String recipient,
      long fromMillis,
      long untilMillis,
      long before,
      int limit) {
    /** The largest page: all that is known of each is read. */
    public static final int MOST = 50;

    /** Copies the set. */
    public Wanted {
      channels = Set.copyOf(channels);
    }

    /** Names no recipient. */
    @Override
    public String toString() {
      return "Wanted[limit=" + limit + "]";
    }
  }

  /** A call about no notification. Made by {@code GET} or {@code POST}. */
  non-sealed interface Telling extends DialectCall {
    /** The answer to whoever has a right credential. */
    DialectAnswer answer(DialectRequest request);
  }
}
