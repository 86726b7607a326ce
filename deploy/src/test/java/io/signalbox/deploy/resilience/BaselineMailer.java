package io.signalbox.deploy.resilience;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An application that sends by itself: a queue in memory, as many mails under way as the gateway
 * may have, and a rule that takes one mail to its end. It remembers every end, for one run.
 */
final class BaselineMailer implements Mailer {
  private static final int MAX_UNDER_WAY = 1024;
  private static final int MAX_WAITING = 100_000;

  private record Job(int number, JsonObject mail) {}

  private final SendingRule rule;
  private final BlockingQueue<Job> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Semaphore permits = new Semaphore(MAX_UNDER_WAY);
  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final Map<Integer, CompletableFuture<Boolean>> ends = new ConcurrentHashMap<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong givenUp = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();

  BaselineMailer(SendingRule rule) {
    this.rule = rule;
  }

  @Override
  public String name() {
    return rule.name();
  }

  @Override
  public CompletableFuture<Boolean> accept(int number, JsonObject mail) {
    boolean taken = waiting.offer(new Job(number, mail));
    if (taken) {
      accepted.incrementAndGet();
      work();
    }
    return CompletableFuture.completedFuture(taken);
  }

  private void work() {
    while (!waiting.isEmpty() && permits.tryAcquire()) {
      Job job = waiting.poll();
      if (job == null) {
        permits.release();
        return;
      }
      ends.put(
          job.number(),
          rule.send(job.mail(), wire -> attempt(job, wire))
              .whenComplete(
                  (done, failure) -> {
                    (failure == null && done ? sent : givenUp).incrementAndGet();
                    permits.release();
                    work();
                  }));
    }
  }

  private CompletableFuture<ProviderWire.End> attempt(Job job, ProviderWire wire) {
    long began = System.currentTimeMillis();
    return wire.send(job.number(), job.mail())
        .whenComplete(
            (end, failure) ->
                attempts.add(
                    new Attempt(
                        job.number(), wire.plugin(), began, end == ProviderWire.End.SENT, false)));
  }

  @Override
  public long open() {
    return accepted.get() - sent.get() - givenUp.get();
  }

  @Override
  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  @Override
  public Map<String, Long> states() {
    return new TreeMap<>(Map.of("sent", sent.get(), "given up", givenUp.get()));
  }

  @Override
  public void close() {
    rule.close();
  }
}
