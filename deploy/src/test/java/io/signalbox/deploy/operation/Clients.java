package io.signalbox.deploy.operation;

import io.signalbox.deploy.ApiClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Careful clients: each repeats its request with its key until it has an answer. */
final class Clients implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;

  private final OperationApi kind;
  private final Supplier<ApiClient> api;
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final Map<String, CompletableFuture<Told>> answers = new ConcurrentHashMap<>();
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Queue<Runnable> watchers = new ConcurrentLinkedQueue<>();

  /** Clients of whatever gateway runs at the time. */
  Clients(OperationApi kind, Supplier<ApiClient> api) {
    this.kind = kind;
    this.api = api;
  }

  /** One more request begins, after so long. */
  void begin(int number, String key, long afterMillis) {
    CompletableFuture<Told> answer = new CompletableFuture<>();
    answers.put(key, answer);
    CompletableFuture<Told> unused =
        answer.whenComplete((told, failure) -> watchers.forEach(Runnable::run));
    CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS, callers)
        .execute(
            () -> {
              begun.add(key);
              ask(number, key, answer);
            });
  }

  private void ask(int number, String key, CompletableFuture<Told> answer) {
    try {
      kind.ask(api.get(), number, key)
          .ifPresentOrElse(answer::complete, () -> later(number, key, answer));
    } catch (UncheckedIOException noAnswer) {
      later(number, key, answer);
    } catch (RuntimeException | AssertionError unreadable) {
      answer.completeExceptionally(unreadable);
    }
  }

  private void later(int number, String key, CompletableFuture<Told> answer) {
    CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, callers)
        .execute(() -> ask(number, key, answer));
  }

  /** The keys of those that have begun and have no end yet. */
  Set<String> underWay() {
    return begun.stream().filter(key -> !isAnswered(key)).collect(Collectors.toSet());
  }

  private boolean isAnswered(String key) {
    CompletableFuture<Told> answer = answers.get(key);
    return answer != null && answer.isDone();
  }

  /** The moment when so many more have an end, or so much time is over. */
  CompletableFuture<Void> moment(int moreAnswers, long millis) {
    CompletableFuture<Void> moment =
        new CompletableFuture<Void>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
    AtomicInteger left = new AtomicInteger(moreAnswers);
    Runnable watcher =
        () -> {
          if (left.decrementAndGet() <= 0) {
            moment.complete(null);
          }
        };
    watchers.add(watcher);
    return moment.whenComplete((come, never) -> watchers.remove(watcher));
  }

  /** What all of them were told in the end. */
  List<Told> await(Duration limit) throws InterruptedException {
    try {
      CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(underWay().size() + " requests have no answer after " + limit, e);
    } catch (ExecutionException e) {
      throw new AssertionError("an answer is not as documented", e.getCause());
    }
    return answers.values().stream().map(answer -> answer.getNow(null)).toList();
  }

  @Override
  public void close() {
    callers.shutdownNow();
  }
}
