package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LedgerStats;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Group commit: takes whatever changes wait, commits them as one, answers their callers. While one
 * batch is synced the next one gathers, so load makes batches by itself and an idle ledger answers
 * at once. One thread; callers may be on any.
 */
final class Writer {
  private final Committer committer;
  private final SqlEngine engine;
  private final SqlLedgerOptions options;
  private final LongSupplier nanos;
  // Bounded by the counter below: one change may count for many.
  private final BlockingQueue<PendingChange<?>> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong failedCommits = new AtomicLong();
  private final AtomicLong lastCommitNanos = new AtomicLong();

  /** By the monotonic clock, and never 0; 0 if the last commit was taken. */
  private final AtomicLong refusedAtNanos = new AtomicLong();

  private volatile CommitListener listener = (took, changes) -> {};
  private final EventOutlet outlet;
  private final Runnable afterLast;
  private volatile boolean stopped;

  /**
   * Makes the writer.
   *
   * @param outlet told the events of what was committed, before the changes' callers
   * @param nanos a monotonic clock
   * @param afterLast what to do, on the writer's thread, when it has stopped
   */
  Writer(
      Committer committer,
      SqlEngine engine,
      SqlLedgerOptions options,
      EventOutlet outlet,
      LongSupplier nanos,
      Runnable afterLast) {
    this.committer = committer;
    this.engine = engine;
    this.options = options;
    this.outlet = outlet;
    this.nanos = nanos;
    this.afterLast = afterLast;
  }

  void start() {
    Thread thread = new Thread(this::run, "signalbox-ledger-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Asks for a change that holds no content. */
  <T> Future<T> submit(Change<T> change, int weight) {
    return submit(change, weight, 0);
  }

  /**
   * Asks for a change.
   *
   * @param weight how many changes it counts for, at least 1
   * @param bytes how many bytes of content it holds until it is committed
   * @return succeeds when the change is durable; fails with {@link LedgerUnavailableException} if
   *     too many wait or the store cannot be written
   */
  <T> Future<T> submit(Change<T> change, int weight, long bytes) {
    int counted = Math.min(weight, options.maxWaitingChanges());
    if (closing.get()) {
      return Future.failedFuture(closed());
    }
    if (waiting.addAndGet(counted) > options.maxWaitingChanges()) {
      waiting.addAndGet(-counted);
      return Future.failedFuture(
          LedgerUnavailableException.busy("too many changes wait for the ledger"));
    }
    // More than the bound by itself is taken when nothing else waits.
    long countedBytes = Math.min(bytes, options.maxWaitingBytes());
    if (waitingBytes.addAndGet(countedBytes) > options.maxWaitingBytes()) {
      waitingBytes.addAndGet(-countedBytes);
      waiting.addAndGet(-counted);
      return Future.failedFuture(
          LedgerUnavailableException.busy("too much content waits for the ledger"));
    }
    Reply<T> reply = new Reply<>();
    queue.add(new PendingChange<>(change, reply, counted, countedBytes));
    if (stopped) {
      refuseLeftOvers();
    }
    return reply.future();
  }

  /** Takes no more changes; the thread ends after those that wait. */
  void close() {
    if (closing.compareAndSet(false, true)) {
      queue.add(new PendingChange<Void>(Writer::nothing, new Reply<>(), 0, 0));
    }
  }

  /** Has somebody told of each commit from now on. */
  void tell(CommitListener told) {
    listener = told;
  }

  LedgerStats stats() {
    return new LedgerStats(
        commits.get(),
        changes.get(),
        failedCommits.get(),
        waiting.get(),
        waitingBytes.get(),
        lastCommitNanos.get(),
        refusedForNanos());
  }

  private long refusedForNanos() {
    long since = refusedAtNanos.get();
    return since == 0 ? 0 : Math.max(1, nanos.getAsLong() - since);
  }

  private void run() {
    List<PendingChange<?>> batch = new ArrayList<>();
    try {
      while (!closing.get() || !queue.isEmpty()) {
        take(batch);
        commit(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      // Nobody but a container on its way down interrupts this thread.
      Thread.currentThread().interrupt();
    } finally {
      closing.set(true);
      stopped = true;
      refuseLeftOvers();
      committer.close();
      afterLast.run();
    }
  }

  private void take(List<PendingChange<?>> batch) throws InterruptedException {
    PendingChange<?> change = queue.take();
    int weight = 0;
    while (change != null) {
      batch.add(change);
      weight += change.weight();
      change = weight < options.maxCommitBatch() ? queue.poll() : null;
    }
    waiting.addAndGet(-weight);
  }

  private void commit(List<PendingChange<?>> batch) {
    long start = nanos.getAsLong();
    boolean committed = engine.undisturbed(() -> committer.commit(batch));
    long took = nanos.getAsLong() - start;
    lastCommitNanos.set(took);
    int weight = 0;
    List<Reply<?>> replies = new ArrayList<>(batch.size());
    List<NotificationEvent> events = new ArrayList<>();
    List<DeliveryNews> deliveries = new ArrayList<>();
    Set<Long> endpoints = new HashSet<>();
    for (PendingChange<?> change : batch) {
      weight += change.weight();
      waitingBytes.addAndGet(-change.bytes());
      Told told = change.told();
      if (!told.isNothing()) {
        events.addAll(told.events());
        deliveries.addAll(told.deliveries());
        endpoints.addAll(told.endpoints());
      }
      replies.add(change.reply());
    }
    if (!events.isEmpty()) {
      outlet.tell(events);
    }
    if (!deliveries.isEmpty()) {
      outlet.judge(deliveries);
    }
    if (!endpoints.isEmpty()) {
      outlet.ring(endpoints);
    }
    if (committed) {
      refusedAtNanos.set(0);
      commits.incrementAndGet();
      changes.addAndGet(weight);
      listener.committed(took, weight);
    } else {
      refusedAtNanos.compareAndSet(0, nanos.getAsLong() | 1);
      failedCommits.incrementAndGet();
    }
    Replies.deliver(replies);
    if (committed) {
      engine.committed(weight);
    }
  }

  private void refuseLeftOvers() {
    List<Reply<?>> replies = new ArrayList<>();
    PendingChange<?> change = queue.poll();
    while (change != null) {
      waiting.addAndGet(-change.weight());
      waitingBytes.addAndGet(-change.bytes());
      change.refuse(closed());
      replies.add(change.reply());
      change = queue.poll();
    }
    Replies.deliver(replies);
  }

  private static LedgerUnavailableException closed() {
    return new LedgerUnavailableException("the ledger is closed");
  }

  // The doorbell of close(): wakes the thread and changes nothing.
  @SuppressWarnings("NullAway") // A Void has no other value than null.
  private static Void nothing(WriteSession session) {
    return null;
  }
}
