package io.signalbox.gateway.intake;

import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.quota.QuotaGrant;
import io.signalbox.gateway.quota.Quotas;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import java.time.Clock;
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
  private final Conclusions conclusions;
  private final NotificationIds ids;
  private final AcceptRequests requests;
  private final GatewayMeters meters;

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
    this.conclusions = new Conclusions(gate, repeats, bus, meters, clock);
    this.ids = ids;
    this.requests = new AcceptRequests(policies, ids, clock);
    this.meters = meters;
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
    Future<QuotaGrant> taken = quotas.take(tenant, sender.allowance(), 1);
    // Each link of a chain of Futures costs its part of the hot path: mostly this one is over.
    return taken.succeeded()
        ? accept(item, sender, taken.result())
        : taken.compose(grant -> accept(item, sender, grant));
  }

  private Future<Accepted> accept(IntakeItem item, Sender sender, QuotaGrant grant) {
    try {
      if (grant.count() == 0) {
        return overQuota(item).compose(IntakeResult::alone);
      }
      AcceptRequest request = requests.of(item, false, sender);
      return ledger
          .accept(request)
          .compose(
              result -> conclusions.of(request, result, grant).alone(),
              failure -> unavailable(failure, grant));
    } catch (RuntimeException e) {
      return unavailable(e, grant);
    }
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
    List<AcceptRequest> accepting = new ArrayList<>(items.size());
    for (IntakeItem item : items) {
      IntakeGate.Refusal refusal = refusals.get(item.notification().priority());
      if (refusal == null) {
        accepting.add(requests.of(item, true, sender));
      } else {
        meters.intake().refused(refusal.reason());
      }
    }
    if (accepting.isEmpty()) {
      return Future.failedFuture(refusals.values().iterator().next().toException());
    }
    String tenant = items.get(0).notification().tenant();
    return quotas
        .take(tenant, sender.allowance(), accepting.size())
        .compose(
            grant -> {
              int some = grant.count();
              int over = accepting.size() - some;
              gate.unused(over);
              accepting.subList(some, accepting.size()).clear();
              Future<List<AcceptResult>> stored =
                  some == 0
                      ? Future.succeededFuture(List.of())
                      : ledger.acceptAll(accepting).recover(failure -> unavailable(failure, grant));
              Future<List<IntakeResult>> concluded =
                  stored.map(results -> concludeAll(items, refusals, accepting, results, grant));
              return over == 0
                  ? concluded
                  : concluded.compose(
                      results -> repeats.beyond(items, results, more -> acceptAll(more, sender)));
            });
  }

  /**
   * Accepts messages together, each with all of its items or not at all. They wait in lanes of
   * their own.
   *
   * @param messages of one tenant: at least one, each with at least one item
   * @return results of all items in their order, {@link IntakeResult.OverQuota} for all items of a
   *     message for which the quota does not reach; fails with a {@link GatewayException} of status
   *     503 if not all can be taken for another reason: then none was stored
   */
  public Future<List<IntakeResult>> acceptMessages(List<List<IntakeItem>> messages, Sender sender) {
    List<IntakeItem> items = messages.stream().flatMap(List::stream).toList();
    IntakeGate.Refusal refusal = passTogether(items).orElse(null);
    if (refusal != null) {
      items.forEach(item -> meters.intake().refused(refusal.reason()));
      return Future.failedFuture(refusal.toException());
    }
    String tenant = items.get(0).notification().tenant();
    return quotas
        .take(tenant, sender.allowance(), items.size())
        .compose(
            grant -> {
              WholeMessages chosen = WholeMessages.of(messages, grant.count());
              gate.unused(chosen.beyond().size());
              return storeTogether(chosen.within(), sender, grant.keep(chosen.within().size()))
                  .compose(
                      stored ->
                          repeats
                              .overQuota(chosen.beyond())
                              .map(beyond -> chosen.inOrder(stored, beyond)));
            });
  }

  private Future<List<IntakeResult>> storeTogether(
      List<IntakeItem> items, Sender sender, QuotaGrant grant) {
    if (items.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    List<AcceptRequest> accepting =
        items.stream().map(item -> requests.of(item, true, sender)).toList();
    return ledger
        .acceptAll(accepting)
        .recover(failure -> unavailable(failure, grant))
        .map(results -> concludeAll(items, Map.of(), accepting, results, grant));
  }

  private Future<IntakeResult> overQuota(IntakeItem item) {
    gate.unused(1);
    return repeats.overQuota(List.of(item)).map(results -> results.get(0));
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

  /** Either all pass or none. */
  private Optional<IntakeGate.Refusal> passTogether(List<IntakeItem> items) {
    Map<Priority, IntakeGate.Refusal> refusals = passAll(items);
    if (refusals.isEmpty()) {
      return Optional.empty();
    }
    long passed =
        items.stream()
            .filter(item -> !refusals.containsKey(item.notification().priority()))
            .count();
    gate.unused(Math.toIntExact(passed));
    return refusals.values().stream().findFirst();
  }

  private List<IntakeResult> concludeAll(
      List<IntakeItem> items,
      Map<Priority, IntakeGate.Refusal> refusals,
      List<AcceptRequest> accepting,
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
        concluded.add(conclusions.of(accepting.get(next), results.get(next), grant));
        next++;
      }
    }
    return concluded;
  }

  /** The channels that a notification may go over besides its own, in order. */
  public List<Channel> fallbackChannels(SendNotification notification) {
    return policies.resolve(notification).fallbackChannelsOf(notification);
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
