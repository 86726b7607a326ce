package io.signalbox.gateway.guard;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one provider that wait for its thread: bounded, begun in their order, and not begun
 * any more once their caller has given up or the thread is blocked. Thread-safe.
 */
final class PluginCalls {
  /** More than a provider's concurrency and a burst of webhooks can be. */
  static final int MOST_WAITING = 2_000;

  private final ProviderCell cell;
  private final GuardListener listener;
  private final Queue<PluginCall<?>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile @Nullable String refusal;

  PluginCalls(ProviderCell cell, GuardListener listener) {
    this.cell = cell;
    this.listener = listener;
  }

  /**
   * Calls the plugin on its thread.
   *
   * @param name of the call, for messages
   * @param within how soon it must begin
   * @return completes on the caller's context; fails with a {@link PluginFailedException}
   */
  <T> Future<T> call(String name, Duration within, Supplier<@Nullable Future<T>> action) {
    String refused = refusal;
    if (refused != null) {
      return Future.failedFuture(PluginFailedException.notBegun(name, refused));
    }
    if (count.incrementAndGet() > MOST_WAITING) {
      count.decrementAndGet();
      return Future.failedFuture(
          PluginFailedException.notBegun(name, MOST_WAITING + " calls wait for its thread"));
    }
    PluginCall<T> call =
        new PluginCall<>(name, System.nanoTime() + within.toNanos(), action, listener);
    waiting.add(call);
    try {
      cell.run(this::beginNext);
    } catch (RejectedExecutionException e) {
      withdraw(waits -> waits == call, "its thread has ended");
    }
    return call.answer();
  }

  private void beginNext() {
    PluginCall<?> call = waiting.poll();
    if (call == null) {
      return; // It was withdrawn.
    }
    count.decrementAndGet();
    if (call.isExpired(System.nanoTime())) {
      withdraw(call, "its thread was busy until it was too late");
    } else {
      call.begin();
    }
  }

  /** Ends the calls whose caller gives up now. */
  void withdrawExpired() {
    if (waiting.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    withdraw(call -> call.isExpired(now), "its thread was busy until it was too late");
  }

  /** Ends all that wait, and refuses all that come, until {@link #accept}. */
  void refuse(String why) {
    refusal = why;
    withdraw(call -> true, why);
  }

  /** Takes calls again. */
  void accept() {
    refusal = null;
  }

  private void withdraw(Predicate<PluginCall<?>> which, String why) {
    for (PluginCall<?> call : List.copyOf(waiting)) {
      if (which.test(call) && waiting.remove(call)) {
        count.decrementAndGet();
        withdraw(call, why);
      }
    }
  }

  private void withdraw(PluginCall<?> call, String why) {
    call.withdraw(why);
    listener.withdrawn();
  }
}
