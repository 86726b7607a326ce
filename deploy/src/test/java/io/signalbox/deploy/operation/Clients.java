package io.signalbox.deploy.operation;

import io.signalbox.deploy.ApiClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Careful clients: each repeats its request with its key until it has an answer. */
final class Clients implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;

  private final OperationApi kind;
  private final Supplier<ApiClient> api;
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final List<CompletableFuture<Told>> answers = new ArrayList<>();

  /** Clients of whatever gateway runs at the time. */
  Clients(OperationApi kind, Supplier<ApiClient> api) {
    this.kind = kind;
    this.api = api;
  }

  /** One more request begins. */
  void begin(int number, String key) {
    CompletableFuture<Told> answer = new CompletableFuture<>();
    answers.add(answer);
    callers.execute(() -> ask(number, key, answer));
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

  /** What all of them were told in the end. */
  List<Told> await(Duration limit) throws InterruptedException {
    try {
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      long open = answers.stream().filter(answer -> !answer.isDone()).count();
      throw new AssertionError(open + " requests have no answer after " + limit, e);
    } catch (ExecutionException e) {
      throw new AssertionError("an answer is not as documented", e.getCause());
    }
    return answers.stream().map(answer -> answer.getNow(null)).toList();
  }

  @Override
  public void close() {
    callers.shutdownNow();
  }
}
