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
   * Takes something of a quota: what is needed, or the part that is taken ahead if that is more.
   *
   * @param needed how much is needed now; 0: nothing is taken
   * @param limit how much there is in all
   * @param owed what was used without being taken, which is noted in any case; negative: what was
   *     taken and not used, which is given back
   */
  Future<Taken> take(Whose whose, long needed, long limit, long owed);

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
  record Taken(long granted, long used) {
    private static final int PARTS = 50;
    private static final long LARGEST_PART = 1_000;

    /**
     * Of what was used before there is taken what is needed, or as much of it as is left. What is
     * taken ahead is reckoned here, where it is known how much is left: of the last ones nobody
     * keeps any from the others.
     */
    public static Taken of(long before, long needed, long limit) {
      long left = Math.max(0, limit - before);
      long granted = needed == 0 ? 0 : Math.min(left, Math.max(needed, ahead(left)));
      return new Taken(granted, before + granted);
    }

    /** How much is taken ahead: a fiftieth of what is left, at least 1 and at most 1,000. */
    public static long ahead(long left) {
      return Math.max(1, Math.min(LARGEST_PART, left / PARTS));
    }
  }

  /**
   * What stands in the ledger.
   *
   * @param used how much is taken by all gateways together
   */
  record Use(Whose whose, long used) {}
}
