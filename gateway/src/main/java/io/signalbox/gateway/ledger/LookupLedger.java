package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds attempts that no provider has told the end of. Reads only committed facts; thread-safe. */
public interface LookupLedger {

  /**
   * Walks over attempts in the order in which their notifications were accepted, and brings those
   * that were sent, or may have been, and have no final receipt.
   *
   * @param walk where to go on
   */
  Future<Walked> withoutFinalReceipt(Walk walk);

  /**
   * A stretch of a walk.
   *
   * @param after attempts up to this place were walked over
   * @param untilMillis only notifications accepted before
   * @param providers only attempts of these
   * @param maxSeen over how many attempts to walk at most
   * @param maxFound how many to bring at most
   */
  record Walk(Place after, long untilMillis, Set<String> providers, int maxSeen, int maxFound) {

    /** Copies the set. */
    public Walk {
      providers = Set.copyOf(providers);
    }
  }

  /**
   * A place in the order of attempts.
   *
   * @param key the key of a notification
   * @param attempt the number of its attempt
   */
  record Place(long key, int attempt) {

    /** Before all attempts of notifications that were accepted from then on. */
    public static Place before(long acceptedAtMillis) {
      return new Place(NotificationId.firstKey(acceptedAtMillis), 0);
    }
  }

  /**
   * What a stretch has brought.
   *
   * @param found what was looked for, in order
   * @param reached where the next stretch begins
   */
  record Walked(List<Unfinished> found, Place reached) {

    /** Copies the list. */
    public Walked {
      found = List.copyOf(found);
    }
  }

  /**
   * An attempt without a final receipt.
   *
   * @param providerMessageId the provider's id; null if its answer never came
   * @param startedAtMillis when it began
   */
  record Unfinished(
      AttemptId attempt,
      String provider,
      Channel channel,
      Recipient recipient,
      @Nullable String providerMessageId,
      long startedAtMillis) {

    @Override
    public String toString() {
      return "Unfinished[" + attempt + " at " + provider + "]";
    }
  }
}
