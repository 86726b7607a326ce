package io.signalbox.gateway.ranking;

import io.signalbox.gateway.ledger.DeliveryNews;
import java.util.Collection;
import java.util.List;

/**
 * Tells a provider that does not deliver from a gateway that does not hear: its webhooks may not
 * reach it, or wait in a backlog of its own, or it was down.
 *
 * <p>When messages of several providers are overdue, or of the only one that reports deliveries,
 * and no receipt of anybody has come since, then it is us. Deliveries are judged as of the last
 * receipt then, and when receipts come again nobody is blamed for what went unheard in between. One
 * that is silent while others report, or have nothing to report, is to blame itself. What look-ups
 * find is no hearing: questions are answered too while webhooks do not reach us.
 *
 * <p>Receipts may reach any node. While what others hear does not reach this one, it judges as of
 * the moment when it was cut off, and afterwards blames nobody for what it did not hear.
 * Thread-confined.
 */
final class Hearing {
  private final long silenceMillis;
  private long lastMillis;
  private long cutOffAtMillis = Long.MAX_VALUE;

  /**
   * Makes one that has heard nothing.
   *
   * @param silenceMillis shorter silences are ordinary
   */
  Hearing(long silenceMillis) {
    this.silenceMillis = silenceMillis;
  }

  /** A run before listened until then. */
  void listenedUntil(long millis) {
    lastMillis = Math.max(lastMillis, millis);
  }

  /** When anything was heard last; 0 for never. */
  long lastMillis() {
    return lastMillis;
  }

  /** Receipts came, which are not counted yet. Of those that we asked for nothing is learned. */
  void heard(List<DeliveryNews> news, Collection<ProviderHealth> providers) {
    long newest = lastMillis;
    for (DeliveryNews each : news) {
      newest = each.lookedUp() ? newest : Math.max(newest, each.heardAtMillis());
    }
    if (newest - lastMillis >= silenceMillis && isDeaf(providers, newest)) {
      for (ProviderHealth provider : providers) {
        provider.unheard(lastMillis, newest);
      }
    }
    lastMillis = newest;
  }

  /** What other nodes hear does not reach this one any more. */
  void cutOff(long nowMillis) {
    cutOffAtMillis = Math.min(cutOffAtMillis, nowMillis);
  }

  /** It does again, and what they have kept for this node is known. */
  void rejoined(Collection<ProviderHealth> providers, long nowMillis) {
    if (cutOffAtMillis <= nowMillis) {
      for (ProviderHealth provider : providers) {
        provider.unheard(cutOffAtMillis, nowMillis);
      }
    }
    cutOffAtMillis = Long.MAX_VALUE;
  }

  /** As of when deliveries can be judged. */
  long judgedAtMillis(Collection<ProviderHealth> providers, long nowMillis) {
    long known = Math.min(nowMillis, cutOffAtMillis);
    return isDeaf(providers, nowMillis) ? Math.min(known, lastMillis) : known;
  }

  private boolean isDeaf(Collection<ProviderHealth> providers, long nowMillis) {
    int reporting = 0;
    int missed = 0;
    for (ProviderHealth provider : providers) {
      reporting += provider.reportsDeliveries() ? 1 : 0;
      missed += provider.misses(lastMillis, nowMillis) ? 1 : 0;
    }
    return missed > 1 || (missed == 1 && reporting == 1);
  }
}
