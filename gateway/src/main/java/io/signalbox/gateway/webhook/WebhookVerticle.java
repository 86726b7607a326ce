package io.signalbox.gateway.webhook;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Receive;
import io.signalbox.gateway.bus.ProviderMessages.Received;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.RentalHint;
import io.signalbox.gateway.bus.WebhookMessages.Answer;
import io.signalbox.gateway.bus.WebhookMessages.Arrived;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.LateMatches.Match;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.RetentionLedger.Removed;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.signalbox.gateway.ledger.WebhookSlice;
import io.signalbox.gateway.retention.RetentionSweep;
import io.signalbox.gateway.retention.RetentionSweep.Kept;
import io.signalbox.gateway.retention.RetentionSweep.Pace;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.RentalNews;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes webhooks: has them verified and normalised by the provider they are for, stores them,
 * answers, and only then lets them take effect. What was refused changes nothing.
 */
public final class WebhookVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookVerticle.class);
  private static final NotificationLog TRAIL = new NotificationLog(LOG);
  private static final int MOST_HINTS = 100;
  private static final Duration VERIFY_TIMEOUT = Duration.ofSeconds(5);

  private final Bus bus;
  private final WebhookInbox inbox;
  private final WebhookMeter meter;
  private final GatewayConfig.Webhooks config;
  private final Clock clock;
  private final WebhookTraces traces;
  private final Map<String, ProviderState> providers = new HashMap<>();
  private @Nullable ReceiptProcessor processor;
  private @Nullable RetentionSweep retention;
  private @Nullable LateMatcher late;

  /** Makes the verticle; nothing happens before it is deployed. */
  public WebhookVerticle(
      Bus bus,
      WebhookInbox inbox,
      WebhookMeter meter,
      GatewayConfig.Webhooks config,
      Clock clock,
      Tracing tracing) {
    this.bus = bus;
    this.inbox = inbox;
    this.meter = meter;
    this.config = config;
    this.clock = clock;
    this.traces = new WebhookTraces(tracing);
  }

  @Override
  public Future<?> start() {
    ReceiptProcessor processing = new ReceiptProcessor(vertx, inbox, this::tell);
    processor = processing;
    RetentionSweep deleting =
        new RetentionSweep(
            vertx,
            clock,
            Pace.every(config.retentionInterval()),
            List.of(
                new Kept(
                    "webhooks",
                    config.retention(),
                    before -> inbox.deleteBodies(before).map(Removed::some))));
    retention = deleting;
    WebhookIntake intake =
        new WebhookIntake(
            inbox,
            meter,
            stored -> {
              traces.stored(stored.id());
              processing.offer(stored);
            });
    bus.listen(Addresses.PROVIDERS, ProviderState.class, this::update);
    bus.answer(Addresses.WEBHOOK, Arrived.class, arrived -> take(arrived, intake));
    processing.start();
    LateMatcher matcher = new LateMatcher(vertx, inbox, clock, this::tell);
    late = matcher;
    matcher.start();
    deleting.start();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    if (late != null) {
      late.stop();
    }
    if (retention != null) {
      retention.stop();
    }
    return processor == null ? Future.succeededFuture() : processor.stop();
  }

  private void update(ProviderState state) {
    if (state.stage() == Stage.STOPPED && state.isBorrowed()) {
      // Its node may come back. Nobody listens meanwhile: that is answered so that it is repeated.
      return;
    }
    if (state.stage() == Stage.STOPPED) {
      providers.computeIfPresent(
          state.provider(), (id, known) -> known.generation() == state.generation() ? null : known);
    } else {
      providers.merge(
          state.provider(),
          state,
          (known, told) -> told.generation() >= known.generation() ? told : known);
    }
  }

  private Future<Answer> take(Arrived arrived, WebhookIntake intake) {
    ProviderState provider = providers.get(arrived.provider());
    if (provider == null) {
      return Future.failedFuture(new GatewayException(404, "no such provider"));
    }
    return bus.request(
            Addresses.provider(arrived.provider(), provider.generation()),
            new Receive(arrived.request()),
            Received.class,
            VERIFY_TIMEOUT)
        .compose(
            received ->
                intake
                    .take(arrived, received.result(), provider.channels())
                    .onSuccess(stored -> hint(arrived.provider(), received.result())));
  }

  /** Whoever follows rented numbers asks the provider, since such a webhook may be anybody's. */
  private void hint(String provider, WebhookResult result) {
    if (result instanceof WebhookResult.Verified verified) {
      verified.rentals().stream()
          .map(RentalNews::rentalId)
          .distinct()
          .limit(MOST_HINTS)
          .forEach(id -> bus.publish(Addresses.RENTALS, new RentalHint(provider, id)));
    }
  }

  private void tell(WebhookSlice slice, List<ReceiptEffect> effects) {
    String provider = slice.batch().provider();
    for (ReceiptEffect effect : effects) {
      meter.receipt(provider, effect);
    }
    traces.applied(slice, effects);
    tell(new Match(provider, effects));
    if (slice.last()) {
      meter.processed(provider);
    }
  }

  private void tell(Match match) {
    for (ReceiptEffect effect : match.effects()) {
      meter.received(effect);
      TRAIL.receipt(match.provider(), effect);
    }
  }
}
