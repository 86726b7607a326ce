package io.signalbox.gateway.guard;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a plugin's code: begun on the plugin's thread, told to the caller's context.
 *
 * @param <T> what it brings
 */
final class PluginCall<T> {
  private final String name;
  private final long expiresNanos;
  private final Supplier<@Nullable Future<T>> action;
  private final GuardListener listener;
  private final @Nullable Context caller = Vertx.currentContext();
  private final Promise<T> answer = Promise.promise();

  PluginCall(
      String name,
      long expiresNanos,
      Supplier<@Nullable Future<T>> action,
      GuardListener listener) {
    this.name = name;
    this.expiresNanos = expiresNanos;
    this.action = action;
    this.listener = listener;
  }

  /** Completes on the context that the call came from. */
  Future<T> answer() {
    return answer.future();
  }

  /** Whether its caller has stopped to wait; it must not begin any more. */
  boolean isExpired(long nowNanos) {
    return nowNanos - expiresNanos >= 0;
  }

  /** Calls the plugin. Whatever it throws becomes a failure, bare errors too. */
  void begin() {
    Future<T> running;
    try {
      running = action.get();
    } catch (Exception | Error e) {
      fail(e);
      return;
    }
    if (running == null) {
      fail(PluginFailedException.of(name, "returned no Future"));
      return;
    }
    try {
      running.onComplete(this::succeed, this::fail);
    } catch (Exception | Error e) {
      fail(e); // A Future of the plugin's own making.
    }
  }

  /** Ends it before it began. */
  void withdraw(String why) {
    tell(() -> answer.tryFail(PluginFailedException.notBegun(name, why)));
  }

  private void succeed(@Nullable T value) {
    tell(() -> answer.tryComplete(value));
  }

  private void fail(@Nullable Throwable cause) {
    // Made here, on the plugin's thread: its exceptions must not travel further.
    PluginFailedException told =
        cause instanceof PluginFailedException known
            ? known
            : cause == null
                ? PluginFailedException.of(name, "failed without a cause")
                : PluginFailedException.of(name, cause);
    tell(
        () -> {
          if (answer.tryFail(told)) {
            listener.failed(name, told);
          }
        });
  }

  private void tell(Runnable action) {
    if (caller == null) {
      action.run();
    } else {
      caller.runOnContext(now -> action.run());
    }
  }
}
