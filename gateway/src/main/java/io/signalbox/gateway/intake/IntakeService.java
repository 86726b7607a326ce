package io.signalbox.gateway.intake;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.WorkMessage;
import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.signalbox.gateway.quota.Quotas;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accepts checked notifications: stored durably first, then the dispatcher's bell is rung.
 * Thread-safe; a Future completes on the context of its caller.
 */
public final class IntakeService {
  private final IntakeGate gate;
  private final AcceptLedger ledger;
  private final Quotas quotas;
  private final PolicyBook policies;
  private final Bus bus;
  private final NotificationIds ids;
  private final GatewayMeters meters;
  private final Clock clock;

  /** Makes the service. */
  public IntakeService(
      IntakeGate gate,
      AcceptLedger ledger,
      Quotas quotas,
      PolicyBook policies,
      Bus bus,
      NotificationIds ids,
      GatewayMeters meters,
      Clock clock) {
    this.gate = gate;
    this.ledger = ledger;
    this.quotas = quotas;
    this.policies = policies;
    this.bus = bus;
    this.ids = ids;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Accepts one notification.
   *
   * @param item checked by the parser
   * @return succeeds once it is stored durably; fails with a {@link GatewayException} of status 503
   *     while nothing can be taken, 429 if a quota is used up, 422 if the idempotency key was used
   *     for something else
   */
  public Future<Accepted> accept(IntakeItem item, Sender sender) {
    IntakeGate.Refusal refusal = gate.pass(item.notification().priority(), 1).orElse(null);
    if (refusal != null) {
      meters.refusedNotification(refusal.reason());
      return Future.failedFuture(refusal.toException());
    }
    String tenant = item.notification().tenant();
    return quotas
        .take(tenant, sender.allowance(), 1)
        .compose(some -> some == 0 ? overQuota(1) : store(item, sender));
  }

  private Future<Accepted> store(IntakeItem item, Sender sender) {
    AcceptRequest request = request(item, false, sender.subject());
    return ledger
        .accept(request)
        .recover(failure -> unavailable(failure, item.notification().tenant(), sender, 1))
        .compose(
            result ->
                conclude(request, result, sender) instanceof IntakeResult.Stored stored
                    ? Future.succeededFuture(stored.accepted())
                    : Future.failedFuture(
                        new GatewayException(
                            422, "idempotency-key-reused", IntakeResult.KeyReused.DETAIL)));
  }

  /**
   * Accepts the items of a batch, or of a part of one, together. They wait in lanes of their own.
   *
   * @param items of one tenant
   * @return results in the same order, {@link IntakeResult.Shed} for those that a busy gateway
   *     leaves out for more urgent ones, {@link IntakeResult.OverQuota} for the last ones if a
   *     quota does not reach for all; fails with a {@link GatewayException} of status 503 or 429 if
   *     none was stored
   */
  public Future<List<IntakeResult>> acceptAll(List<IntakeItem> items, Sender sender) {
    if (items.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    Map<Priority, IntakeGate.Refusal> refusals = passAll(items);
    List<AcceptRequest> requests = new ArrayList<>(items.size());
    for (IntakeItem item : items) {
      IntakeGate.Refusal refusal = refusals.get(item.notification().priority());
      if (refusal == null) {
        requests.add(request(item, true, sender.subject()));
      } else {
        meters.refusedNotification(refusal.reason());
      }
    }
    if (requests.isEmpty()) {
      return Future.failedFuture(refusals.values().iterator().next().toException());
    }
    String tenant = items.get(0).notification().tenant();
    return quotas
        .take(tenant, sender.allowance(), requests.size())
        .compose(
            some -> {
              int over = requests.size() - some;
              if (some == 0) {
                return overQuota(over);
              }
              gate.unused(over);
              requests.subList(some, requests.size()).clear();
              return ledger
                  .acceptAll(requests)
                  .recover(failure -> unavailable(failure, tenant, sender, some))
                  .map(results -> concludeAll(items, refusals, requests, results, sender));
            });
  }

  private <T> Future<T> overQuota(int count) {
    gate.unused(count);
    meters.refusedNotification("quota");
    return Future.failedFuture(
        new GatewayException(429, "quota-exceeded", IntakeResult.OverQuota.DETAIL));
  }

  private Map<Priority, IntakeGate.Refusal> passAll(List<IntakeItem> items) {
    Map<Priority, Integer> counts = new EnumMap<>(Priority.class);
    items.forEach(item -> counts.merge(item.notification().priority(), 1, Integer::sum));
    Map<Priority, IntakeGate.Refusal> refusals = new EnumMap<>(Priority.class);
    counts.forEach(
        (priority, count) ->
            gate.pass(priority, count).ifPresent(refusal -> refusals.put(priority, refusal)));
    return refusals;
  }

  private List<IntakeResult> concludeAll(
      List<IntakeItem> items,
      Map<Priority, IntakeGate.Refusal> refusals,
      List<AcceptRequest> requests,
      List<AcceptResult> results,
      Sender sender) {
    List<IntakeResult> concluded = new ArrayList<>(items.size());
    int next = 0;
    for (IntakeItem item : items) {
      IntakeGate.Refusal refusal = refusals.get(item.notification().priority());
      if (refusal != null) {
        concluded.add(new IntakeResult.Shed(refusal.detail()));
      } else if (next == results.size()) {
        meters.refusedNotification("quota");
        concluded.add(new IntakeResult.OverQuota());
      } else {
        concluded.add(conclude(requests.get(next), results.get(next), sender));
        next++;
      }
    }
    return concluded;
  }

  /** The channels that a notification may go over besides its own, in order. */
  public List<Channel> fallbackChannels(SendNotification notification) {
    return policies.resolve(notification).fallbackChannelsOf(notification);
  }

  private AcceptRequest request(IntakeItem item, boolean batch, @Nullable String subject) {
    long now = clock.millis();
    SendNotification notification = item.notification();
    Instant sendAt = notification.sendAt();
    long dueAt = sendAt == null ? now : Math.max(now, sendAt.toEpochMilli());
    return new AcceptRequest(
        ids.next(),
        notification,
        policies.resolve(notification).fallbackChannelsOf(notification),
        item.content(),
        batch,
        dueAt > now ? NotificationState.SCHEDULED : NotificationState.QUEUED,
        now,
        dueAt,
        subject,
        item.requestDigest());
  }

  private IntakeResult conclude(AcceptRequest request, AcceptResult result, Sender sender) {
    if (result instanceof AcceptResult.Stored stored) {
      SendNotification notification = request.notification();
      meters.acceptedNotification(notification.channel(), notification.priority());
      if (request.dueAtMillis() <= clock.millis() + DeliveryQueue.SOON_MILLIS) {
        bus.send(Addresses.WORK, new WorkMessage(workItem(request)));
      }
      return new IntakeResult.Stored(
          new Accepted(stored.id().toString(), request.state().wireName(), false));
    }
    if (result instanceof AcceptResult.Spooled spooled) {
      // Nobody is told: it cannot be sent before the ledger has it.
      meters.acceptedNotification(
          request.notification().channel(), request.notification().priority());
      return new IntakeResult.Stored(
          new Accepted(spooled.id().toString(), request.state().wireName(), false));
    }
    gate.unused(1);
    if (result instanceof AcceptResult.Suppressed suppressed) {
      return suppressed(request.notification(), suppressed);
    }
    quotas.giveBack(request.notification().tenant(), sender.allowance(), 1);
    if (result instanceof AcceptResult.Duplicate duplicate) {
      meters.refusedNotification("repeated");
      return new IntakeResult.Stored(
          new Accepted(duplicate.id().toString(), duplicate.state().wireName(), true));
    }
    meters.refusedNotification("key_reused");
    return new IntakeResult.KeyReused();
  }

  private IntakeResult suppressed(SendNotification notification, AcceptResult.Suppressed result) {
    meters.acceptedNotification(notification.channel(), notification.priority());
    meters.suppressed(notification.channel(), result.reason());
    meters.finished(NotificationState.FAILED);
    return new IntakeResult.Stored(
        new Accepted(result.id().toString(), NotificationState.FAILED.wireName(), false));
  }

  private static WorkItem workItem(AcceptRequest request) {
    return new WorkItem(
        request.id(),
        request.notification(),
        request.acceptedAtMillis(),
        request.batch(),
        request.state(),
        0,
        List.of(),
        Map.of(),
        request.content().length());
  }

  private <T> Future<T> unavailable(Throwable failure, String tenant, Sender sender, int count) {
    gate.unused(count);
    quotas.giveBack(tenant, sender.allowance(), count);
    if (failure instanceof LedgerUnavailableException) {
      meters.refusedNotification("ledger");
      return Future.failedFuture(
          new GatewayException(503, "notifications cannot be stored now; try again soon"));
    }
    return Future.failedFuture(failure);
  }
}
