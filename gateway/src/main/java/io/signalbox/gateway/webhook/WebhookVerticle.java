package io.signalbox.gateway.webhook;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.WebhookMessages.Answer;
import io.signalbox.gateway.bus.WebhookMessages.Arrived;
import io.signalbox.gateway.bus.WebhookMessages.ReceiptRecorded;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.StoredWebhook;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.WebhookBody;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.signalbox.gateway.ledger.WebhookSlice;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes webhooks: has them verified and normalised by the provider they are for, stores them as
 * they came with what they say, answers, and only then lets it take effect. What was refused
 * changes nothing.
 */
public final class WebhookVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookVerticle.class);
  private static final NotificationLog TRAIL = new NotificationLog(LOG);
  private static final Duration VERIFY_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_RECEIPTS = 20_000;
  private static final String TEXT = "text/plain";

  private final Bus bus;
  private final WebhookInbox inbox;
  private final WebhookMeter meter;
  private final GatewayConfig.Webhooks config;
  private final Clock clock;
  private final Map<String, Long> generations = new HashMap<>();
  private @Nullable ReceiptProcessor processor;
  private @Nullable BodyRetention retention;

  /** Makes the verticle; nothing happens before it is deployed. */
  public WebhookVerticle(
      Bus bus,
      WebhookInbox inbox,
      WebhookMeter meter,
      GatewayConfig.Webhooks config,
      Clock clock) {
    this.bus = bus;
    this.inbox = inbox;
    this.meter = meter;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    ReceiptProcessor processing = new ReceiptProcessor(vertx, inbox, this::tell);
    processor = processing;
    BodyRetention deleting =
        new BodyRetention(vertx, inbox, clock, config.retention(), config.retentionInterval());
    retention = deleting;
    bus.listen(Addresses.PROVIDERS, ProviderState.class, this::update);
    bus.answer(Addresses.WEBHOOK, Arrived.class, arrived -> take(arrived, processing));
    processing.start();
    deleting.start();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    if (retention != null) {
      retention.stop();
    }
    return processor == null ? Future.succeededFuture() : processor.stop();
  }

  private void update(ProviderState state) {
    if (state.stage() == Stage.STOPPED) {
      generations.remove(state.provider(), state.generation());
    } else {
      generations.merge(state.provider(), state.generation(), Math::max);
    }
  }

  private Future<Answer> take(Arrived arrived, ReceiptProcessor processing) {
    Long generation = generations.get(arrived.provider());
    if (generation == null) {
      return Future.failedFuture(new GatewayException(404, "no such provider"));
    }
    return bus.request(
            Addresses.provider(arrived.provider(), generation),
            new Receive(arrived.request()),
            Received.class,
            VERIFY_TIMEOUT)
        .compose(received -> answer(arrived, received.result(), processing));
  }

  private Future<Answer> answer(
      Arrived arrived, WebhookResult result, ReceiptProcessor processing) {
    if (result instanceof WebhookResult.Refused refused) {
      return refuse(arrived, refused);
    }
    if (result instanceof WebhookResult.Answer answer) {
      // A challenge says nothing, and its query may hold a secret.
      Future<?> kept =
          arrived.request().body().length() == 0
              ? Future.succeededFuture()
              : store(arrived, null, List.of());
      return kept.map(
          done -> {
            meter.webhook(arrived.provider(), "answered");
            return new Answer(200, answer.contentType(), answer.body());
          });
    }
    List<Receipt> said = ((WebhookResult.Verified) result).receipts();
    if (said.size() > MAX_RECEIPTS) {
      return Future.failedFuture(
          new GatewayException(413, "more than " + MAX_RECEIPTS + " events in one body"));
    }
    List<Receipt> receipts = CheckedReceipts.of(said, arrived.request().receivedAt());
    return store(arrived, null, receipts)
        .map(
            stored -> {
              meter.webhook(arrived.provider(), "verified");
              if (!receipts.isEmpty()) {
                processing.offer(stored);
              }
              return new Answer(200, TEXT, "");
            });
  }

  /** What is authentic is kept even if nobody can read it: a person may have to. */
  private Future<Answer> refuse(Arrived arrived, WebhookResult.Refused refused) {
    String provider = arrived.provider();
    String kind = refused.refusal().name().toLowerCase(Locale.ROOT);
    meter.webhook(provider, kind);
    LOG.warn("a webhook for {} was refused, {}: {}", provider, kind, refused.detail());
    Answer answer = new Answer(refused.refusal().httpStatus(), TEXT, "");
    return refused.refusal() == WebhookResult.Refusal.MALFORMED
        ? store(arrived, kind + ": " + refused.detail(), List.of()).map(answer)
        : Future.succeededFuture(answer);
  }

  private Future<StoredWebhook> store(
      Arrived arrived, @Nullable String problem, List<Receipt> receipts) {
    WebhookRequest request = arrived.request();
    long receivedAt = request.receivedAt().toEpochMilli();
    return inbox
        .store(
            new WebhookBody(
                arrived.provider(),
                receivedAt,
                request.method(),
                KeptRequest.url(request.url()),
                KeptRequest.headers(request.headers()),
                request.body(),
                problem,
                receipts))
        .recover(WebhookVerticle::askAgainLater)
        .map(
            id -> {
              meter.stored(arrived.provider());
              return new StoredWebhook(
                  id, new WebhookBatch(arrived.provider(), receivedAt, receipts));
            });
  }

  /** Providers repeat a webhook that was answered with 503. */
  private static Future<Long> askAgainLater(Throwable failure) {
    return failure instanceof LedgerUnavailableException
        ? Future.failedFuture(new GatewayException(503, "the ledger is not available"))
        : Future.failedFuture(failure);
  }

  private void tell(WebhookSlice slice, List<ReceiptEffect> effects) {
    String provider = slice.batch().provider();
    for (ReceiptEffect effect : effects) {
      meter.receipt(provider, effect.receipt().status(), effect.kind());
      TRAIL.receipt(provider, effect);
      if (effect.kind() != ReceiptEffect.Kind.REPEATED) {
        bus.publish(Addresses.EVENTS, new ReceiptRecorded(provider, effect));
      }
    }
    if (slice.last()) {
      meter.processed(provider);
    }
  }
}
