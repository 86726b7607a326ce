package io.signalbox.gateway.bus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Sends what comes at about the same time as one message of the bus, because each message costs a
 * hop to each who listens. It goes when the event loop has done what it has to do now: without load
 * at once. Thread-safe.
 *
 * @param <M> what is sent
 */
public final class Gathered<M extends LocalMessage> {
  private final Consumer<LocalMessage> door;
  private final Queue<M> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean due = new AtomicBoolean();

  Gathered(Consumer<LocalMessage> door) {
    this.door = door;
  }

  /** Sends with what else comes now. */
  public void send(M message) {
    Context caller = Vertx.currentContext();
    if (caller == null) {
      door.accept(message);
      return;
    }
    waiting.add(message);
    if (due.compareAndSet(false, true)) {
      // Of no request: what goes along belongs to others.
      ((ContextInternal) caller).unwrap().runOnContext(now -> flush());
    }
  }

  private void flush() {
    due.set(false);
    M first = waiting.poll();
    M next = waiting.poll();
    if (first == null || next == null) {
      if (first != null) {
        door.accept(first);
      }
      return;
    }
    List<M> all = new ArrayList<>();
    all.add(first);
    while (next != null) {
      all.add(next);
      next = waiting.poll();
    }
    door.accept(new Several(all));
  }
}
