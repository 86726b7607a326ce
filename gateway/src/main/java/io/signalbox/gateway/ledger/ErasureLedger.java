package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Orders to forget recipients. Thread-safe. */
public interface ErasureLedger {

  /**
   * Orders that a recipient is forgotten, on all channels; durable before it succeeds. An order of
   * the same recipient that is not done yet is the answer if there is one.
   *
   * @param address as {@link Addressee#normal} gives it
   * @param who asks, and whose data it is
   */
  Future<Erasure> order(String address, Who who, long nowMillis);

  /** One order of a tenant. */
  Future<Optional<Erasure>> erasure(String tenant, long id);

  /**
   * The orders of a tenant, newest first.
   *
   * @param before only those with a smaller id, or {@link Long#MAX_VALUE}
   * @param limit 1 to 1000
   */
  Future<List<Erasure>> erasures(String tenant, long before, int limit);

  /**
   * Does a little of what is ordered, unless another node does that.
   *
   * @return whether there is more to do at once
   */
  Future<Boolean> eraseSome(long nowMillis);
}
