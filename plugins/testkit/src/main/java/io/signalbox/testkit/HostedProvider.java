package io.signalbox.testkit;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusLookup;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A provider on a Vert.x context of its own, as in its verticle, for calls from a test's thread.
 */
public final class HostedProvider {
  /** Longest wait for anything. Only a hanging test ever takes so long. */
  private static final int PATIENCE_SECONDS = 60;

  private final Context context;
  private final Provider provider;

  private HostedProvider(Context context, Provider provider) {
    this.context = context;
    this.provider = provider;
  }

  /**
   * Makes a provider on a new context.
   *
   * @throws io.signalbox.spi.ConfigException as the factory throws it
   */
  public static HostedProvider create(
      Vertx vertx, ProviderFactory factory, JsonObject config, Clock clock) {
    return create(vertx, factory, config, clock, "https://app.example.com/webhooks/under-test");
  }

  /**
   * The same with webhooks of its own.
   *
   * @param webhookUrl where the remote API is to send webhooks
   * @throws io.signalbox.spi.ConfigException as the factory throws it
   */
  public static HostedProvider create(
      Vertx vertx, ProviderFactory factory, JsonObject config, Clock clock, String webhookUrl) {
    Context context = vertx.getOrCreateContext();
    ProviderContext given =
        new ProviderContext(
            "under-test", vertx, new ConfigReader(config, "config."), clock, webhookUrl);
    return new HostedProvider(
        context, await(on(context, () -> Future.succeededFuture(factory.create(given)))));
  }

  /** The provider itself. */
  public Provider provider() {
    return provider;
  }

  /** The context that it lives on. */
  public Context context() {
    return context;
  }

  /** Begins a delivery on the provider's context. */
  public Future<Outcome> delivering(DeliveryRequest request) {
    return on(context, () -> ((MessageProvider) provider).deliver(request));
  }

  /** Delivers, and waits for the outcome. */
  public Outcome deliver(DeliveryRequest request) {
    return await(delivering(request));
  }

  /** Checks, and waits for the result. */
  public CheckResult check() {
    return await(on(context, provider::check));
  }

  /** Hands in a webhook. */
  public WebhookResult receive(WebhookRequest request) {
    return await(on(context, () -> ((WebhookReceiver) provider).receive(request)));
  }

  /** Begins a look-up on the provider's context. */
  public Future<Optional<Receipt>> lookingUp(StatusQuery query) {
    return on(context, () -> ((StatusLookup) provider).lookUp(query));
  }

  /** Looks an attempt up, and waits for the answer; a failure is thrown as it is. */
  public Optional<Receipt> lookUp(StatusQuery query) {
    return await(lookingUp(query));
  }

  /** Closes the provider, and waits for it. */
  public void close() {
    await(on(context, () -> provider.close().map("closed")));
  }

  /** Runs something on the provider's context and waits for what it gives. */
  public <T> T call(Supplier<Future<T>> work) {
    return await(on(context, work));
  }

  /** Waits for a Future on a test's thread; its failure is thrown as it is. */
  public static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s", e);
    }
  }

  private static <T> Future<T> on(Context context, Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        v -> {
          try {
            work.get().onComplete(done);
          } catch (RuntimeException | StackOverflowError e) {
            done.fail(e);
          }
        });
    return done.future();
  }
}
