package io.signalbox.gateway.server;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Swap;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.callback.CallbackMeter;
import io.signalbox.gateway.dispatch.DispatchMeter;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.lookup.LookupMeter;
import io.signalbox.gateway.metrics.DuplicateMeters;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.webhook.WebhookMeter;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hands what happens to the meters. Thread-safe. */
final class MeterBridge implements DispatchMeter, WebhookMeter, LookupMeter, CallbackMeter {
  private final GatewayMeters meters;
  private final DuplicateMeters duplicates;
  private final Map<String, Long> openedAt = new ConcurrentHashMap<>();

  MeterBridge(GatewayMeters meters, DuplicateMeters duplicates) {
    this.meters = meters;
    this.duplicates = duplicates;
  }

  void listen(Bus bus) {
    bus.listen(
        Addresses.OUTCOMES,
        Observed.class,
        ended -> meters.attemptEnded(ended.provider(), ended.outcome(), ended.tookMillis()));
    bus.listen(Addresses.PROVIDERS, ProviderState.class, this::countOpenings);
    bus.listen(
        Addresses.PROVIDERS_SWAPPED,
        Swap.class,
        swap -> meters.pluginSwap(swap.outcome().name().toLowerCase(Locale.ROOT)));
  }

  private void countOpenings(ProviderState state) {
    // Its own node counts it.
    if (!state.isBorrowed() && "open".equals(state.breaker().state())) {
      Long before = openedAt.put(state.provider(), state.breaker().sinceMillis());
      if (before == null || before != state.breaker().sinceMillis()) {
        meters.breakerOpened(state.provider());
      }
    }
  }

  @Override
  public void possibleDuplicate(String provider) {
    meters.possibleDuplicate();
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
    meters.failover(fromProvider, outcome);
  }

  @Override
  public void confirmationFailover(String provider) {
    meters.confirmationFailover(provider);
  }

  @Override
  public void stalled(String kind, int count) {
    meters.stalled(kind, count);
  }

  @Override
  public void fallbackChannel(Channel asked, Channel used, boolean suppressed) {
    meters.fallbackChannelUsed(asked, used, suppressed);
  }

  @Override
  public void suppressed(Channel channel, SuppressionReason reason) {
    meters.suppressed(channel, reason);
  }

  @Override
  public void lookedUp(String provider, LookUpAnswer answer) {
    meters.lookedUp(provider, answer.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void finished(NotificationState state) {
    meters.finished(state);
  }

  @Override
  public void moved(NotificationState before, NotificationState after) {
    meters.moved(before, after);
  }

  @Override
  public void retry(Channel channel) {
    meters.stepTaken();
  }

  @Override
  public void webhook(String provider, String result) {
    meters.webhook(provider, result);
  }

  @Override
  public void stored(String provider) {
    meters.webhookStored(provider);
  }

  @Override
  public void processed(String provider) {
    meters.webhookProcessed(provider);
  }

  @Override
  public void receipt(String provider, ReceiptStatus status, ReceiptEffect.Kind kind) {
    if (kind != ReceiptEffect.Kind.REPEATED) {
      meters.receipt(provider, status.wireName());
    }
  }

  @Override
  public void callback(String result) {
    meters.callback(result);
  }

  @Override
  public void callbackDisabled() {
    meters.callbackDisabled();
  }
}
