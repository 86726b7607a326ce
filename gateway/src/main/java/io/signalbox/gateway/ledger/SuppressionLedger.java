package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.Suppression.Origin;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.util.List;

/**
 * The suppression list as people and the API see it. The ledger itself asks it where a notification
 * is accepted and where an attempt begins, in the same transaction.
 */
public interface SuppressionLedger {

  /**
   * The entries, newest first.
   *
   * @param before only entries with a smaller id: the last one of the page before, or {@link
   *     Long#MAX_VALUE}
   * @param limit 1 to 1000
   */
  Future<List<Suppression>> suppressions(SuppressionFilter filter, long before, int limit);

  /**
   * Puts recipients on the list, all or none; one result for each, in the same order. Who is on it
   * already stays as it is.
   */
  Future<List<Listed>> suppress(List<Wish> wishes, long nowMillis);

  /**
   * Takes an entry off the list; what a provider said before does not put it back.
   *
   * @param actor who asks
   * @return whether the tenant's list had such an entry
   */
  Future<Boolean> unsuppress(String tenant, long id, String actor, long nowMillis);

  /** The same list, whose changes are an administrator's act and stand in the audit log. */
  SuppressionLedger by(Act act);

  /** A recipient to be put on the list. */
  record Wish(Addressee addressee, SuppressionReason reason, Origin origin) {}

  /**
   * A recipient that is on the list now.
   *
   * @param entry its entry
   * @param added whether it was not there before
   */
  record Listed(Suppression entry, boolean added) {}

  /**
   * A recipient of a notification that is on the list.
   *
   * @param channel over which nothing may be sent
   */
  record Hit(Channel channel, SuppressionReason reason) {}
}
