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
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes webhooks: has them verified and normalised by the provider they are for, stores what they
 * say, and only then answers. What was refused changes nothing.
 */
public final class WebhookVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookVerticle.class);
  private static final NotificationLog TRAIL = new NotificationLog(LOG);
  private static final Duration VERIFY_TIMEOUT = Duration.ofSeconds(5);
  private static final String TEXT = "text/plain";

  private final Bus bus;
  private final Ledger ledger;
  private final WebhookMeter meter;
  private final Clock clock;
  private final Map<String, Long> generations = new HashMap<>();

  /** Makes the verticle; nothing happens before it is deployed. */
  public WebhookVerticle(Bus bus, Ledger ledger, WebhookMeter meter, Clock clock) {
    this.bus = bus;
    this.ledger = ledger;
    this.meter = meter;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    bus.listen(Addresses.PROVIDERS, ProviderState.class, this::update);
    bus.answer(Addresses.WEBHOOK, Arrived.class, this::take);
    return Future.succeededFuture();
  }

  private void update(ProviderState state) {
    if (state.stage() == Stage.STOPPED) {
      generations.remove(state.provider(), state.generation());
    } else {
      generations.merge(state.provider(), state.generation(), Math::max);
    }
  }

  private Future<Answer> take(Arrived arrived) {
    Long generation = generations.get(arrived.provider());
    if (generation == null) {
      return Future.failedFuture(new GatewayException(404, "no such provider"));
    }
    return bus.request(
            Addresses.provider(arrived.provider(), generation),
            new Receive(arrived.request()),
            Received.class,
            VERIFY_TIMEOUT)
        .compose(received -> answer(arrived.provider(), received.result()));
  }

  private Future<Answer> answer(String provider, WebhookResult result) {
    if (result instanceof WebhookResult.Refused refused) {
      String kind = refused.refusal().name().toLowerCase(java.util.Locale.ROOT);
      meter.webhook(provider, kind);
      LOG.warn("a webhook for {} was refused, {}: {}", provider, kind, refused.detail());
      return Future.succeededFuture(new Answer(refused.refusal().httpStatus(), TEXT, ""));
    }
    if (result instanceof WebhookResult.Answer answer) {
      meter.webhook(provider, "answered");
      return Future.succeededFuture(new Answer(200, answer.contentType(), answer.body()));
    }
    WebhookResult.Verified verified = (WebhookResult.Verified) result;
    return ledger
        .record(new WebhookBatch(provider, clock.millis(), verified.receipts()))
        .recover(WebhookVerticle::askAgainLater)
        .map(
            effects -> {
              meter.webhook(provider, "verified");
              effects.forEach(effect -> tell(provider, effect));
              return new Answer(200, TEXT, "");
            });
  }

  /** Providers repeat a webhook that was answered with 503. */
  private static Future<List<ReceiptEffect>> askAgainLater(Throwable failure) {
    return failure instanceof LedgerUnavailableException
        ? Future.failedFuture(new GatewayException(503, "the ledger is not available"))
        : Future.failedFuture(failure);
  }

  private void tell(String provider, ReceiptEffect effect) {
    meter.receipt(provider, effect.receipt().status(), effect.kind());
    TRAIL.receipt(provider, effect);
    if (effect.kind() != ReceiptEffect.Kind.REPEATED) {
      bus.publish(Addresses.EVENTS, new ReceiptRecorded(provider, effect));
    }
  }
}
