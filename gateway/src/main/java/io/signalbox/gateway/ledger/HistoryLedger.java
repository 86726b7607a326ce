package io.signalbox.gateway.ledger;

import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The past of a ledger, as a back-test needs it. One such read runs at a time, so that it holds up
 * nobody for long. Thread-safe.
 */
public interface HistoryLedger {
  /**
   * Notifications with which nothing is to be done any more, in the order of acceptance. Those of
   * drills are left out, and those with an attempt that a stop of the gateway broke off.
   *
   * @param tenant whose; null for all tenants'
   * @param afterKey the last key of the page before; the key before the first wanted one at first
   * @param untilMillis only those accepted before then
   * @param limit at how many notifications of any kind it looks; a page may have none although
   *     there is a next one
   */
  Future<PastWork.Page> page(@Nullable String tenant, long afterKey, long untilMillis, int limit);

  /** Of each channel the newest stored ranking that a decision refers to, as JSON. */
  Future<Map<Channel, String>> newestRankings(long fromMillis, long untilMillis);
}
