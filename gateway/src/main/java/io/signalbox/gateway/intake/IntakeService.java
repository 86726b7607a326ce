package io.signalbox.gateway.intake;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.WorkMessage;
import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.signalbox.gateway.quota.QuotaGrant;
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
import java.util.Optional;

/**
 * Accepts checked notifications: stored durably first, then the dispatcher's bell is rung.
 * Thread-safe; a Future completes on the context of its caller.
 */
public final class IntakeService {
  private final IntakeGate gate;
  private final AcceptLedger ledger;
  private final Repeats repeats;
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
    this.repeats = new Repeats(ledger, meters);
    this.quotas = quotas;
    this.policies = policies;
    this.bus = bus;
    this.ids = ids;
    this.meters = meters;
    this.clock = clock;
  }

  /** An id for an {@link IntakeItem}. */
  public NotificationId newId() {
    return ids.next();
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
      meters.intake().refused(refusal.reason());
      return Future.failedFuture(refusal.toException());
    }
    String tenant = item.notification().tenant();
    return quotas
        .take(tenant, sender.allowance(), 1)
        .compose(grant -> grant.count() == 0 ? overQuota(item) : store(item, sender, grant))
        .compose(IntakeResult::alone);
  }

  /**
   * What became of requests that have mistakes now, but had none when they were made first, such as
   * a template that is gone.
   *
   * @return in the same order: what is told of them; empty where nothing is known of the key. Fails
   *     with a {@link GatewayException} of status 503 if that cannot be known now
   */
  public Future<List<Optional<IntakeResult>>> earlier(List<RepeatedRequest> requests) {
    return repeats.earlier(requests);
  }

  private Future<IntakeResult> store(IntakeItem item, Sender sender, QuotaGrant grant) {
    AcceptRequest request = request(item, false, sender);
    return ledger
        .accept(request)
        .recover(failure -> unavailable(failure, grant))
        .map(result -> conclude(request, result, grant));
  }

  /**
   * Accepts the items of a batch, or of a part of one, together. They wait in lanes of their own.
   *
   * @param items of one tenant
   * @return results in the same order, {@link IntakeResult.Shed} for those that a busy gateway
   *     leaves out for more urgent ones, or cannot store besides others, {@link
   *     IntakeResult.OverQuota} for the last ones if a quota does not reach for all; fails with a
   *     {@link GatewayException} of status 503 or 429 if none was stored
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
        requests.add(request(item, true, sender));
      } else {
        meters.intake().refused(refusal.reason());
      }
    }
    if (requests.isEmpty()) {
      return Future.failedFuture(refusals.values().iterator().next().toException());
    }
    String tenant = items.get(0).notification().tenant();
    return quotas
        .take(tenant, sender.allowance(), requests.size())
        .compose(
            grant -> {
              int some = grant.count();
              int over = requests.size() - some;
              gate.unused(over);
              requests.subList(some, requests.size()).clear();
              Future<List<AcceptResult>> stored =
                  some == 0
                      ? Future.succeededFuture(List.of())
                      : ledger.acceptAll(requests).recover(failure -> unavailable(failure, grant));
              Future<List<IntakeResult>> concluded =
                  stored.map(results -> concludeAll(items, refusals, requests, results, grant));
              return over == 0
                  ? concluded
                  : concluded.compose(
                      results -> repeats.beyond(items, results, more -> acceptAll(more, sender)));
            });
  }

  private Future<IntakeResult> overQuota(IntakeItem item) {
    gate.unused(1);
    return repeats
        .instead(List.of(item), List.of(new IntakeResult.OverQuota()))
        .map(results -> results.get(0));
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
      QuotaGrant grant) {
    List<IntakeResult> concluded = new ArrayList<>(items.size());
    int next = 0;
    for (IntakeItem item : items) {
      IntakeGate.Refusal refusal = refusals.get(item.notification().priority());
      if (refusal != null) {
        concluded.add(new IntakeResult.Shed(refusal.detail()));
      } else if (next == results.size()) {
        concluded.add(new IntakeResult.OverQuota());
      } else {
        concluded.add(conclude(requests.get(next), results.get(next), grant));
        next++;
      }
    }
    return concluded;
  }

  /** The channels that a notification may go over besides its own, in order. */
  public List<Channel> fallbackChannels(SendNotification notification) {
    return policies.resolve(notification).fallbackChannelsOf(notification);
  }

  private AcceptRequest request(IntakeItem item, boolean batch, Sender sender) {
    long now = clock.millis();
    SendNotification notification = item.notification();
    Instant sendAt = notification.sendAt();
    long dueAt = sendAt == null ? now : Math.max(now, sendAt.toEpochMilli());
    NotificationId id = item.id();
    return new AcceptRequest(
        id == null ? ids.next() : id,
        notification,
        policies.resolve(notification).fallbackChannelsOf(notification),
        item.content(),
        batch,
        dueAt > now ? NotificationState.SCHEDULED : NotificationState.QUEUED,
        now,
        dueAt,
        sender.subject(),
        item.requestDigest(),
        sender.trace());
  }

  private IntakeResult conclude(AcceptRequest request, AcceptResult result, QuotaGrant grant) {
    if (result instanceof AcceptResult.Stored stored) {
      SendNotification notification = request.notification();
      meters.intake().accepted(notification.channel(), notification.priority());
      if (request.dueAtMillis() <= clock.millis() + DeliveryQueue.SOON_MILLIS) {
        bus.send(Addresses.WORK, new WorkMessage(workItem(request)));
      }
      return new IntakeResult.Stored(
          new Accepted(stored.id().toString(), request.state().wireName(), false));
    }
    if (result instanceof AcceptResult.Spooled spooled) {
      // Nobody is told: it cannot be sent before the ledger has it.
      meters.intake().accepted(request.notification().channel(), request.notification().priority());
      return new IntakeResult.Stored(
          new Accepted(spooled.id().toString(), request.state().wireName(), false));
    }
    gate.unused(1);
    if (result instanceof AcceptResult.Suppressed suppressed) {
      return suppressed(request.notification(), suppressed);
    }
    grant.giveBack(1);
    return repeats.told(result);
  }

  private IntakeResult suppressed(SendNotification notification, AcceptResult.Suppressed result) {
    meters.intake().accepted(notification.channel(), notification.priority());
    meters.work().suppressed(notification.channel(), result.reason());
    meters.work().finished(NotificationState.FAILED);
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
        request.content().length(),
        request.trace());
  }

  private <T> Future<T> unavailable(Throwable failure, QuotaGrant grant) {
    gate.unused(grant.count());
    grant.giveBack(grant.count());
    if (failure instanceof LedgerUnavailableException) {
      meters.intake().refused("ledger");
      return Future.failedFuture(
          new GatewayException(503, "notifications cannot be stored now; try again soon"));
    }
    return Future.failedFuture(failure);
  }
}
