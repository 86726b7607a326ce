package io.signalbox.gateway.ledger.sql;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks that take long one after the other on one thread of a pool, so that the others stay
 * free for what is short. Thread-safe.
 */
final class OneByOne {
  private final Executor pool;
  private final int most;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  /**
   * Makes it.
   *
   * @param most how many tasks may wait
   */
  OneByOne(Executor pool, int most) {
    this.pool = pool;
    this.most = most;
  }

  /**
   * Has a task run when those before it have ended.
   *
   * @param task throws nothing
   * @return whether it will; not if too many wait
   * @throws RejectedExecutionException if the pool takes nothing
   */
  synchronized boolean offer(Runnable task) {
    if (waiting.size() >= most) {
      return false;
    }
    if (!running) {
      pool.execute(this::run);
      running = true;
    }
    waiting.add(task);
    return true;
  }

  private void run() {
    Runnable task = next();
    while (task != null) {
      task.run();
      task = next();
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = waiting.poll();
    running = task != null;
    return task;
  }
}
