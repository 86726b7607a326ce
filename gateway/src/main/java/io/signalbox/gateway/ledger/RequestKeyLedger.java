package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * Idempotency keys of requests that change something, with the answers that the first request of
 * each got (draft-ietf-httpapi-idempotency-key-header). Those of accepted notifications stand with
 * them, see {@link AcceptLedger}. Thread-safe.
 */
public interface RequestKeyLedger {

  /** An answer with a longer body is not kept. */
  int MAX_BODY_BYTES = 1 << 20;

  /** How long a request may be under way; what is known of it after that is that it began. */
  Duration LONGEST_REQUEST = Duration.ofMinutes(10);

  /**
   * Takes a key for a request, unless another has it. Of requests that ask at the same time, on
   * whichever node, one is the first.
   *
   * @param nowMillis now
   * @param forgetBeforeMillis keys that were taken before are forgotten, if nothing is under way
   */
  Future<RequestKeyUse> take(KeyedRequest request, long nowMillis, long forgetBeforeMillis);

  /** Keeps the answer of the request that has taken its key. */
  Future<Void> keep(KeyedRequest request, KeptAnswer answer);

  /** Gives a key back: its request has done nothing, and may be made again. */
  Future<Void> giveBack(KeyedRequest request);

  /** What is known of a key. */
  sealed interface RequestKeyUse {

    /** Nobody had it: the request is to be done, and its key kept or given back. */
    record First() implements RequestKeyUse {}

    /** The first request is under way. */
    record UnderWay() implements RequestKeyUse {}

    /** The first request began, and how it ended is not known and will not be. */
    record Broken() implements RequestKeyUse {}

    /** The first request was another one. */
    record OtherRequest() implements RequestKeyUse {}

    /** The first request has its answer. */
    record Answered(KeptAnswer answer) implements RequestKeyUse {}
  }
}
