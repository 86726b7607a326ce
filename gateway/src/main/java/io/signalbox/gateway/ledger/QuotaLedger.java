package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.List;

/**
 * How much of their quotas tenants and API keys have used. Gateways take a little ahead, so that
 * not each notification is a change here; what all have taken together is never more than a limit,
 * but for what was sent while the ledger did not answer.
 */
public interface QuotaLedger {
  /**
   * Takes something of a quota.
   *
   * @param wanted how much is taken, or as much of it as is left
   * @param limit how much there is in all
   * @param owed what was used without being taken, which is noted in any case; negative: what was
   *     taken and not used, which is given back
   */
  Future<Taken> take(Whose whose, long wanted, long limit, long owed);

  /** What was taken for a tenant and its API keys in some periods. */
  Future<List<Use>> uses(String tenant, List<String> periods);

  /**
   * Whose quota, and for when.
   *
   * @param apiKey id of the key whose own quota it is; empty for that of the tenant
   * @param period a day, such as 2026-01-31, or a month, such as 2026-01, of UTC
   */
  record Whose(String tenant, String apiKey, String period) {}

  /**
   * What came of it.
   *
   * @param granted how much was taken
   * @param used how much is taken now by all together
   */
  record Taken(long granted, long used) {}

  /**
   * What stands in the ledger.
   *
   * @param used how much is taken by all gateways together
   */
  record Use(Whose whose, long used) {}
}
