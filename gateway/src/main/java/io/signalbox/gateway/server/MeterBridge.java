package io.signalbox.gateway.server;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.ProviderMessages.Swap;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.callback.CallbackMeter;
import io.signalbox.gateway.dispatch.DispatchMeter;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.lookup.LookupMeter;
import io.signalbox.gateway.metrics.AttemptMeters;
import io.signalbox.gateway.metrics.DuplicateMeters;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.webhook.WebhookMeter;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Receipt;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hands what happens to the meters. Thread-safe. */
final class MeterBridge implements DispatchMeter, WebhookMeter, LookupMeter, CallbackMeter {
  private final GatewayMeters meters;
  private final DuplicateMeters duplicates;
  private final Clock clock;
  private final Map<String, Long> openedAt = new ConcurrentHashMap<>();

  MeterBridge(GatewayMeters meters, DuplicateMeters duplicates, Clock clock) {
    this.meters = meters;
    this.duplicates = duplicates;
    this.clock = clock;
  }

  void listen(Bus bus) {
    bus.listen(Addresses.OUTCOMES, Observed.class, ended -> count(meters.attempts(), ended));
    bus.listen(Addresses.PROVIDERS, ProviderState.class, this::announced);
    bus.listen(
        Addresses.PROVIDERS_SWAPPED,
        Swap.class,
        swap -> meters.events().pluginSwap(swap.outcome().name().toLowerCase(Locale.ROOT)));
  }

  static void count(AttemptMeters attempts, Observed ended) {
    if (ended.channel().carriesMessages()) {
      attempts.ended(ended.provider(), ended.outcome(), ended.failure(), ended.tookMillis());
    } else {
      attempts.called(ended.provider(), ended.outcome(), ended.failure(), ended.tookMillis());
    }
  }

  private void announced(ProviderState state) {
    if (state.stage() != Stage.STOPPED) {
      meters.attempts().known(state.provider());
      meters.receipts().known(state.provider());
      countOpenings(state);
    }
  }

  private void countOpenings(ProviderState state) {
    // Its own node counts it.
    if (!state.isBorrowed() && "open".equals(state.breaker().state())) {
      Long before = openedAt.put(state.provider(), state.breaker().sinceMillis());
      if (before == null || before != state.breaker().sinceMillis()) {
        meters.attempts().breakerOpened(state.provider());
      }
    }
  }

  @Override
  public void possibleDuplicate(String provider) {
    meters.work().possibleDuplicate();
  }

  @Override
  public void duplicateBudgetSpent(String policy) {
    duplicates.budgetSpent(policy);
  }

  @Override
  public void duplicateShare(String policy, double share) {
    duplicates.share(policy, share);
  }

  @Override
  public void failover(String fromProvider, String toProvider, OutcomeKind outcome) {
    meters.attempts().failover(fromProvider, outcome);
  }

  @Override
  public void confirmationFailover(String provider) {
    meters.attempts().confirmationFailover(provider);
  }

  @Override
  public void stalled(String kind, int count) {
    meters.work().stalled(kind, count);
  }

  @Override
  public void fallbackChannel(Channel asked, Channel used, boolean suppressed) {
    meters.work().fallbackChannelUsed(asked, used, suppressed);
  }

  @Override
  public void suppressed(Channel channel, SuppressionReason reason) {
    meters.work().suppressed(channel, reason);
  }

  @Override
  public void lookedUp(String provider, LookUpAnswer answer) {
    meters.attempts().lookedUp(provider, answer.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void finished(NotificationState state) {
    meters.work().finished(state);
  }

  @Override
  public void moved(NotificationState before, NotificationState after) {
    meters.work().moved(before, after);
  }

  @Override
  public void retry(Channel channel) {
    meters.work().retry(channel);
  }

  @Override
  public void webhook(String provider, String result) {
    meters.receipts().webhook(provider, result);
  }

  @Override
  public void stored(String provider) {
    meters.receipts().stored(provider);
  }

  @Override
  public void processed(String provider) {
    meters.receipts().processed(provider);
  }

  @Override
  public void receipt(String provider, ReceiptEffect effect) {
    if (effect.kind() != ReceiptEffect.Kind.REPEATED) {
      Receipt receipt = effect.receipt();
      long lag = clock.millis() - receipt.occurredAt().toEpochMilli();
      meters.receipts().receipt(provider, receipt.status(), lag);
    }
  }

  @Override
  public void received(ReceiptEffect effect) {
    DispatchMeter.super.received(effect);
    AttemptId attempt = effect.attempt();
    Lane lane = effect.lane();
    TraceContext trace = effect.trace();
    if (attempt == null || lane == null || trace == null) {
      return;
    }
    NotificationId id = attempt.notification();
    if (effect.kind() == ReceiptEffect.Kind.MOVED
        && effect.state() == NotificationState.DELIVERED) {
      meters.times().delivered(lane, id, trace, clock.millis());
    }
  }

  @Override
  public void sent(Lane lane, NotificationId id, TraceContext trace) {
    meters.times().sent(lane, id, trace, clock.millis());
  }

  @Override
  public void callback(String result) {
    meters.events().callback(result);
  }

  @Override
  public void callbackDisabled() {
    meters.events().callbackDisabled();
  }
}
