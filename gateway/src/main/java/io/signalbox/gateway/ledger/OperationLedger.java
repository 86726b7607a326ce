package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Operations as they are stored. An operation belongs to the node that accepted it, and to another
 * as soon as that one is dead; only its node works on it. Thread-safe; a Future that succeeds means
 * that the change is durable, one that fails with {@link LedgerUnavailableException} that it was
 * not made unless that says that it is undecided.
 */
public interface OperationLedger {

  /**
   * Stores a new operation, with its tenant's idempotency key in the same change.
   *
   * @param operation nothing has been done of it
   * @param key the idempotency key; null for none
   * @param digest of the request as it came
   * @return what is stored, or was stored with that key
   */
  Future<Accepted> accept(Operation operation, @Nullable String key, String digest);

  /**
   * What was stored with a key; empty if nothing was.
   *
   * @param digest of the request as it came
   */
  Future<Optional<Accepted>> accepted(String tenant, String key, String digest);

  /** An operation, whoever's: for what providers name; empty if there is none. */
  Future<Optional<Operation>> operation(NotificationId id);

  /** An operation of a tenant; empty if there is none, or its contents were erased. */
  Future<Optional<Operation>> operation(String tenant, NotificationId id);

  /**
   * The operation that has a rental or booking; empty if none has.
   *
   * @param providerId the provider's own id
   */
  Future<Optional<Operation>> claimant(String provider, String providerId);

  /**
   * Stores what follows, all in one change: the operation, an attempt that begins or ends in {@code
   * provider_requests}, the claim of a result, the watch of an attempt that is taken for not done,
   * the event of an end. May be offered again when its answer was lost.
   *
   * @param before as the decision has seen it
   * @param after with the version that follows
   * @param neighbours the providers that may be at the same account as that of a result, which is
   *     not claimed if it belongs to an operation at one of them
   * @param watchMillis how long what an attempt that is taken for not done, or given up, may have
   *     left is looked for from now on; 0 for not at all
   */
  Future<Written> write(
      Operation before, Operation after, Set<String> neighbours, long watchMillis);

  /** The same where each provider has an account of its own. */
  default Future<Written> write(Operation before, Operation after, long watchMillis) {
    return write(before, after, Set.of(), watchMillis);
  }

  /**
   * Stores what has become of a confirmed operation's result.
   *
   * @param before as the caller has seen it
   * @param result the same provider, and the value and time to follow as they are now; where the
   *     provider has given it another id, that one, which is claimed as well
   * @param news what is told of it as {@code io.signalbox.operation.<news>}, one of {@link
   *     EventTypes#OPERATION_NEWS}; null for nothing
   */
  Future<Written> amend(
      Operation before, OperationResult result, @Nullable String news, long nowMillis);

  /** Those of some operations, of any node, that have had their end. */
  Future<List<Operation>> ended(Set<NotificationId> ids);

  /**
   * The operations of this node that have something to do, the longest due first. What cannot be
   * read is put off and told in the log; so below.
   */
  Future<List<Operation>> due(long nowMillis, int limit);

  /**
   * The confirmed operations of this node that their kind wants to look after by now, the longest
   * due first.
   *
   * @param limit how many at most
   * @param mostAtOneProvider how many of one provider at most, so that each has its turn
   */
  Future<List<Operation>> toFollow(Channel kind, long nowMillis, int limit, int mostAtOneProvider);

  /**
   * The providers' ids of what operations have at some providers, as far as they were claimed since
   * a time; the newest of very many.
   */
  Future<Set<String>> claimed(Set<String> providers, long sinceMillis);

  /**
   * Some operations, the newest first.
   *
   * @param before only those whose keys are less; {@link Long#MAX_VALUE} for the first page
   * @param limit how many are looked at, at most
   */
  Future<OperationFilter.Page> page(OperationFilter filter, long before, int limit);

  /** How often, since the start, operations could not be read that were due. */
  long unreadable();

  /** How many operations there are of each kind and open state. */
  Future<List<OpenOperations>> open();

  /**
   * What was stored or found.
   *
   * @param operation as it is stored
   * @param repeated whether the key had been used before
   * @param sameRequest false if it was used with another request
   */
  record Accepted(Operation operation, boolean repeated, boolean sameRequest) {}

  /** What became of a change. */
  enum Written {
    /** It is stored. */
    APPLIED,
    /** The operation has moved on, or is another node's: nothing was changed. */
    OVERTAKEN,
    /** The rental or booking belongs to another operation: nothing was changed. */
    CLAIMED
  }

  /**
   * How many operations are open.
   *
   * @param oldestMillis when the state of the oldest began
   */
  record OpenOperations(Channel kind, OperationState state, long count, long oldestMillis) {}
}
