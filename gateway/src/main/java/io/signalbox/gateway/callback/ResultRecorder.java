package io.signalbox.gateway.callback;

import io.signalbox.gateway.ledger.CallbackQueue;
import io.signalbox.gateway.ledger.CallbackQueue.Limits;
import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.gateway.ledger.NotOurJobException;
import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the ends of attempts, in groups: while one group is being stored the next one gathers. A
 * group that the ledger does not take is offered again, until the end. As many gather as are under
 * way at most. Used on one event loop.
 */
final class ResultRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(ResultRecorder.class);
  private static final long RETRY_MILLIS = 500;
  private static final int GROUP = 256;
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final CallbackQueue queue;
  private final Limits limits;
  private final Consumer<List<NotificationId>> disabled;
  private final List<Entry> waiting = new ArrayList<>();
  private boolean storing;
  private boolean stopped;
  private long timer = NO_TIMER;

  /**
   * Makes a recorder.
   *
   * @param disabled told of endpoints that were disabled
   */
  ResultRecorder(
      Vertx vertx, CallbackQueue queue, Limits limits, Consumer<List<NotificationId>> disabled) {
    this.vertx = vertx;
    this.queue = queue;
    this.limits = limits;
    this.disabled = disabled;
  }

  /** Records an end; calls back once it is durable. */
  void record(Result result, Runnable stored) {
    waiting.add(new Entry(result, stored));
    storeSome();
  }

  /** Offers nothing again from now on; what is not stored is sent again by the next start. */
  void stop() {
    stopped = true;
    vertx.cancelTimer(timer);
  }

  private void storeSome() {
    if (storing || stopped || waiting.isEmpty()) {
      return;
    }
    storing = true;
    List<Entry> group = List.copyOf(waiting.subList(0, Math.min(GROUP, waiting.size())));
    queue
        .record(group.stream().map(Entry::result).toList(), limits)
        .onComplete(
            ends -> {
              storing = false;
              waiting.subList(0, group.size()).clear();
              if (!ends.isEmpty()) {
                disabled.accept(ends);
              }
              group.forEach(entry -> entry.stored().run());
              storeSome();
            },
            failure -> {
              if (failure instanceof NotOurJobException) {
                // Whoever does it now sends them again.
                storing = false;
                waiting.subList(0, group.size()).clear();
                group.forEach(entry -> entry.stored().run());
                storeSome();
                return;
              }
              LOG.warn(
                  "ends of {} callbacks were not stored: {}", group.size(), failure.toString());
              if (!stopped) {
                timer =
                    vertx.setTimer(
                        RETRY_MILLIS,
                        again -> {
                          storing = false;
                          storeSome();
                        });
              }
            });
  }

  private record Entry(Result result, Runnable stored) {}
}
