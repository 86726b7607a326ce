package io.signalbox.deploy.resilience;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * What came of one run. Times are milliseconds; null where there is nothing to tell.
 *
 * @param refused found the driver's own queue full
 * @param delivered accepted and arrived
 * @param inTime arrived within {@link Analysis#IN_TIME} of the moment at which it was due
 * @param lost accepted and reached nobody
 * @param duplicated reached its recipient more than once
 * @param unexplained duplicates that the system did not mark as possible
 * @param detectMillis from the begin of the outage, the longest of several
 * @param recoverMillis from its end, the longest of several
 * @param healthy from due to arrived, of those that were due while nothing had failed yet
 * @param failing the same, of those that were due in an outage
 * @param states what the system says that became of them
 */
record Result(
    Plan plan,
    String system,
    int accepted,
    int refused,
    boolean drained,
    long delivered,
    long inTime,
    long lost,
    long duplicated,
    Long unexplained,
    long attempts,
    long attemptsAtFailing,
    Long detectMillis,
    Long recoverMillis,
    Quantiles healthy,
    Quantiles failing,
    Map<String, Long> states) {

  /** Attempts that brought nothing, for each mail that arrived. */
  double wasted() {
    return delivered == 0 ? 0 : (double) (attempts - delivered) / delivered;
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("scenario", plan.scenario().code())
        .put("system", system)
        .put("seed", plan.seed())
        .put("seconds", plan.duration().toMillis() / 1000.0)
        .put("rate", plan.perSecond())
        .put("killed_at_ms", plan.killed() ? plan.killAtMillis() : null)
        .put("accepted", accepted)
        .put("refused", refused)
        .put("drained", drained)
        .put("delivered", delivered)
        .put("in_time", inTime)
        .put("lost", lost)
        .put("duplicated", duplicated)
        .put("duplicates_unexplained", unexplained)
        .put("attempts", attempts)
        .put("attempts_at_failing", attemptsAtFailing)
        .put("wasted_per_delivered", Math.round(wasted() * 1000) / 1000.0)
        .put("detect_ms", detectMillis)
        .put("recover_ms", recoverMillis)
        .put("hand_over_healthy_ms", healthy.toJson())
        .put("hand_over_failing_ms", failing.toJson())
        .put("states", new JsonObject(Map.copyOf(states)));
  }
}
