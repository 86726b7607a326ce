package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/**
 * What may be left of attempts that were unknown and are taken for not done: the watches, and the
 * orphans that they find. As {@link OperationLedger} otherwise.
 */
public interface OrphanLedger {

  /**
   * The watches of this node that want a look by now, the longest due first. What cannot be read is
   * put off, and told in the log; so with orphans.
   */
  Future<List<Watch>> dueWatches(long nowMillis, int limit);

  /**
   * A watch has had its look.
   *
   * @param nextMillis when it wants the next one; 0 if it is over
   */
  Future<Void> looked(Watch watch, long nextMillis);

  /**
   * Takes what an attempt may have left as an orphan, so that no operation gets it any more.
   *
   * @param neighbours the providers that may be at the same account: what is known at one of them
   *     is not taken
   * @param certain whether it is known to be of that attempt; otherwise it is not taken either as
   *     long as an attempt at that provider or a neighbour is open that had begun when it was first
   *     seen
   * @param undo whether it is to be undone; otherwise it is left to a person, and told
   */
  Future<Taken> take(
      Found found,
      Set<String> neighbours,
      boolean certain,
      boolean undo,
      long firstSeenMillis,
      long nowMillis);

  /** The orphans of this node that are to be undone by now. */
  Future<List<Orphan>> dueOrphans(long nowMillis, int limit);

  /**
   * An orphan could not be undone.
   *
   * @param nextMillis when it is tried again; 0 if it is left to a person, which is told
   */
  Future<Void> notUndone(Orphan orphan, long nextMillis, long nowMillis);

  /** An orphan is undone, which is told. */
  Future<Void> undone(Orphan orphan, long nowMillis);

  /**
   * An attempt whose provider is looked through.
   *
   * @param attempt which of the operation's
   * @param untilMillis until when
   * @param looks how often that was done
   */
  record Watch(Operation operation, OperationAttempt attempt, long untilMillis, int looks) {}

  /**
   * What was found at a provider.
   *
   * @param operation whose attempt may have made it
   * @param attempt its number
   * @param providerId the provider's own id
   */
  record Found(Operation operation, int attempt, String provider, String providerId) {}

  /**
   * What is to be undone.
   *
   * @param tries how often that was tried
   * @param foundAtMillis since when it is known
   */
  record Orphan(Found found, int tries, long foundAtMillis) {}

  /** What became of a wish to take something. */
  enum Taken {
    /** It is an orphan now. */
    TAKEN,
    /** It belongs to an operation, or is known as an orphan already. */
    KNOWN,
    /** It may belong to an attempt that is open: look again. */
    LATER
  }
}
