package io.signalbox.gateway.compat;

import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import java.util.List;
import java.util.Optional;

/** One call of a dialect. Pure and thread-safe. */
public sealed interface DialectCall {

  /** The path as at the provider, with {@code :name} for its parts. */
  String path();

  /** A call that sends. Made by {@code POST}. */
  non-sealed interface Sending extends DialectCall {
    /** The largest body that is taken, in bytes. */
    int maxBytes();

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

    /**
     * The answer.
     *
     * @throws RefusedException if it is not one that this call can tell
     */
    DialectAnswer answer(DialectRequest request, Timeline found);
  }
}
