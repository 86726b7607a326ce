package io.signalbox.gateway.queue;

import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Works on a queue as a dispatcher does, and ends each notification with its first step. */
final class QueueWorker {
  private static final long SWEEP_MILLIS = 100;

  /** What it ended, in order; what another has ended before is not among it. */
  final List<WorkItem> ended = new CopyOnWriteArrayList<>();

  private final Vertx vertx;
  private final Ledger ledger;
  private final Context context;
  private final DeliveryQueue queue;
  private final boolean sweeps;
  private volatile boolean open = true;

  QueueWorker(Vertx vertx, Ledger ledger, Supplier<DeliveryQueue> queues, boolean sweeps)
      throws Exception {
    this.vertx = vertx;
    this.ledger = ledger;
    this.sweeps = sweeps;
    this.context = vertx.getOrCreateContext();
    this.queue = on(queues::get);
    on(
        () -> {
          queue.onArrival(this::pump);
          vertx.setPeriodic(SWEEP_MILLIS, due -> tick());
          return true;
        });
  }

  private void tick() {
    if (sweeps) {
      queue.sweep().onComplete(done -> pump());
    } else {
      pump();
    }
  }

  private void pump() {
    if (!open) {
      return;
    }
    WorkItem item = queue.take(any -> true);
    while (item != null) {
      end(item);
      item = queue.take(any -> true);
    }
    if (queue.wantsRefill()) {
      queue
          .refill()
          .onSuccess(
              done -> {
                if (queue.size() > 0) {
                  pump();
                }
              });
    }
  }

  private void end(WorkItem item) {
    ledger
        .move(
            item.id(),
            item.attempts().size(),
            false,
            new NextStep.Finish(NotificationState.CANCELLED, "test"),
            System.currentTimeMillis())
        .onSuccess(moved -> ended(item, moved))
        .onComplete(done -> queue.release(item.id()));
  }

  private void ended(WorkItem item, Settled moved) {
    if (moved.applied()) {
      ended.add(item);
    }
  }

  /** Takes nothing more, or goes on. */
  void open(boolean goesOn) throws Exception {
    on(() -> open = goesOn);
  }

  void offer(WorkItem item) {
    context.runOnContext(go -> queue.offer(item));
  }

  List<NotificationId> endedIds() {
    return ended.stream().map(WorkItem::id).toList();
  }

  DeliveryQueue queue() {
    return queue;
  }

  /** Does something with the queue on its context. */
  <T> T on(Callable<T> work) throws Exception {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        go -> {
          try {
            done.complete(work.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return QueueRig.await(done.future());
  }

  void close() throws Exception {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(go -> queue.close().onComplete(closed));
    QueueRig.await(closed.future());
  }

  Future<Void> kill() {
    return vertx.close();
  }
}
