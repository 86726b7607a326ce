package io.signalbox.gateway.drill;

import io.signalbox.gateway.drill.DrillTraffic.Sent;
import io.signalbox.gateway.ledger.LedgerReports;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads what became of a drill's notifications, a few at a time. Thread-confined. */
final class DrillTimelines {
  private static final int AT_A_TIME = 50;
  private static final long AGAIN_MILLIS = 250;
  private static final Set<NotificationState> WORK =
      Set.of(NotificationState.SCHEDULED, NotificationState.QUEUED, NotificationState.PROCESSING);

  private final Vertx vertx;
  private final LedgerReports reports;
  private final Clock clock;
  private final String tenant;

  DrillTimelines(Vertx vertx, LedgerReports reports, Clock clock, String tenant) {
    this.vertx = vertx;
    this.reports = reports;
    this.clock = clock;
    this.tenant = tenant;
  }

  /**
   * Waits until nothing is to be done with any of them any more.
   *
   * @param untilMillis the wait ends then at the latest
   * @param enough whether it is to end at once
   * @return those that the ledger knows, as they stand at the end, by number
   */
  Future<Map<Integer, Timeline>> settled(
      List<Sent> sent, long untilMillis, BooleanSupplier enough) {
    Map<Integer, Timeline> known = new HashMap<>();
    return read(sent, 0, known)
        .compose(all -> again(sent, known, untilMillis, enough))
        .map(all -> Map.copyOf(known));
  }

  private Future<Void> again(
      List<Sent> sent, Map<Integer, Timeline> known, long untilMillis, BooleanSupplier enough) {
    List<Sent> open = sent.stream().filter(each -> isOpen(known.get(each.number()))).toList();
    if (open.isEmpty() || clock.millis() >= untilMillis || enough.getAsBoolean()) {
      return Future.succeededFuture();
    }
    Promise<Void> later = Promise.promise();
    vertx.setTimer(AGAIN_MILLIS, due -> later.complete());
    return later
        .future()
        .compose(due -> read(open, 0, known))
        .compose(all -> again(sent, known, untilMillis, enough));
  }

  private Future<Void> read(List<Sent> sent, int from, Map<Integer, Timeline> known) {
    if (from >= sent.size()) {
      return Future.succeededFuture();
    }
    List<Future<Optional<Timeline>>> some = new ArrayList<>();
    int to = Math.min(sent.size(), from + AT_A_TIME);
    for (Sent each : sent.subList(from, to)) {
      some.add(
          reports
              .timeline(tenant, each.id())
              .onSuccess(found -> found.ifPresent(one -> known.put(each.number(), one))));
    }
    return Future.all(some).compose(all -> read(sent, to, known));
  }

  static boolean isOpen(@Nullable Timeline timeline) {
    return timeline == null || WORK.contains(timeline.state());
  }
}
