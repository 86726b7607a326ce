package io.signalbox.gateway.guard;

import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.loader.LoadedPlugin;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.Provider;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusLookup;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin's provider as the gateway touches it: every call runs on the provider's own thread,
 * begins in time or not at all, and fails with text whatever the plugin throws.
 *
 * <p>Which of its interfaces the plugin really implements, {@link #can} tells; the calls of the
 * others fail. Used on one context, on which all Futures complete; {@link #look} must be called
 * there a few times a second.
 */
public final class GuardedProvider implements MessageProvider, WebhookReceiver, StatusLookup {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedProvider.class);

  /** The code of an attempt that was not begun because the plugin blocked its thread. */
  static final String PLUGIN_BLOCKED = "plugin_blocked";

  /** How soon calls without a deadline of their own must begin. */
  private static final Duration BEGIN_WITHIN = Duration.ofSeconds(10);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final String id;
  private final LoadedPlugin plugin;
  private final Provider provider;
  private final ProviderCell cell;
  private final PluginCalls calls;
  private final ThreadWatch watch;
  private final GuardListener listener;
  private Consumer<Blockage> onBlocked = blockage -> {};
  private @Nullable Future<Void> closing;

  GuardedProvider(
      String id,
      LoadedPlugin plugin,
      Provider provider,
      ProviderCell cell,
      PluginCalls calls,
      ThreadWatch watch,
      GuardListener listener) {
    this.id = id;
    this.plugin = plugin;
    this.provider = provider;
    this.cell = cell;
    this.calls = calls;
    this.watch = watch;
    this.listener = listener;
  }

  /** Whether the plugin's provider has that interface. */
  public boolean can(Class<? extends Provider> what) {
    return what.isInstance(provider);
  }

  /** Says whom to tell when the plugin blocks its thread. */
  public void onBlocked(Consumer<Blockage> handler) {
    onBlocked = handler;
  }

  /** What is wrong with it now, for people; empty if nothing is. */
  public List<String> warnings() {
    return watch.blockage().map(Blockage::text).stream().toList();
  }

  @Override
  public Future<Outcome> deliver(DeliveryRequest request) {
    return calls
        .call("deliver", request.timeout(), () -> as(MessageProvider.class).deliver(request))
        .recover(GuardedProvider::notSent);
  }

  /** What never reached the plugin was certainly not sent. */
  private static Future<Outcome> notSent(Throwable failure) {
    return failure instanceof PluginFailedException failed && !failed.begun()
        ? Future.succeededFuture(
            new Outcome.Transient(
                Evidence.unanswered(Progress.NOT_CONNECTED, PLUGIN_BLOCKED, failed.getMessage())))
        : Future.failedFuture(failure);
  }

  /**
   * Makes a call of an operation.
   *
   * @param call one that the plugin {@link #can} do
   */
  public <T> Future<Answer<T>> operate(ProviderCall<T> call) {
    return calls
        .call(call.type().wireName(), call.timeout(), () -> call.at(provider))
        .recover(failure -> notSent(failure).map(Answer.Failed::new));
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return calls.call("receive", BEGIN_WITHIN, () -> as(WebhookReceiver.class).receive(request));
  }

  @Override
  public Future<Optional<Receipt>> lookUp(StatusQuery query) {
    return calls.call("lookUp", BEGIN_WITHIN, () -> as(StatusLookup.class).lookUp(query));
  }

  @Override
  public Future<CheckResult> check() {
    return calls.call("check", BEGIN_WITHIN, provider::check);
  }

  private <T extends Provider> T as(Class<T> what) {
    return what.cast(provider);
  }

  /** Tells that an outcome came for which nobody waited any more. */
  public void answeredLate(OutcomeKind outcome) {
    listener.answeredLate(outcome);
  }

  /** Looks after the provider's thread. */
  public void look() {
    calls.withdrawExpired();
    if (closing != null) {
      return;
    }
    switch (watch.look(System.nanoTime())) {
      case BLOCKED -> watch.blockage().ifPresent(this::blocked);
      case RUNS_AGAIN -> runsAgain();
      case PAST_LIMIT -> watch.blockage().ifPresent(this::pastLimit);
      case NOTHING -> {}
    }
  }

  private void blocked(Blockage blockage) {
    LOG.warn(
        "provider {}: {}, for {} ms now; nothing is given to it meanwhile. The thread's stack: {}",
        id,
        blockage.text(),
        blockage.lasting().toMillis(),
        String.join(" <- ", blockage.stack()));
    calls.refuse(blockage.text());
    listener.blocked(blockage);
    onBlocked.accept(blockage);
  }

  private void runsAgain() {
    LOG.info("provider {}: the thread of plugin {} runs again", id, plugin.title());
    calls.accept();
    listener.unblocked();
  }

  private void pastLimit(Blockage blockage) {
    LOG.error(
        "provider {} is stopped: {}, for {} ms now",
        id,
        blockage.text(),
        blockage.lasting().toMillis());
    listener.pastLimit(blockage);
  }

  /**
   * Closes the provider, and ends its threads. A plugin that does not give them back holds nobody
   * up: the Future succeeds some seconds later all the same.
   */
  @Override
  public Future<Void> close() {
    Future<Void> begun = closing;
    if (begun == null) {
      begun = closePlugin().compose(closed -> endThreads());
      closing = begun;
    }
    return begun;
  }

  private Future<Void> closePlugin() {
    return calls
        .call("close", CLOSE_TIMEOUT, provider::close)
        .timeout(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(
            failure -> {
              LOG.warn("provider {} did not close cleanly: {}", id, failure.getMessage());
              return null;
            });
  }

  private Future<Void> endThreads() {
    if (PluginStack.firstFrame(cell.thread().getStackTrace()).isPresent()) {
      // Still in the plugin. This ends what waits or sleeps; nothing ends what computes.
      cell.thread().interrupt();
    }
    return cell.close()
        .timeout(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(
            failure -> {
              LOG.error(
                  "thread {} of provider {} does not come back from plugin {}, and no thread can"
                      + " be ended from outside: it takes processor time and memory until the"
                      + " gateway is started anew",
                  cell.thread().getName(),
                  id,
                  plugin.title());
              return null;
            })
        .onComplete(ended -> listener.unblocked());
  }
}
