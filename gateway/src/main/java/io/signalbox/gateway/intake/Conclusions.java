package io.signalbox.gateway.intake;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.Gathered;
import io.signalbox.gateway.bus.WorkMessage;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.queue.DeliveryQueue;
import io.signalbox.gateway.quota.QuotaGrant;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.SendNotification;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Does what follows once the ledger has answered: counts, and rings the dispatcher's bell. */
final class Conclusions {
  private final IntakeGate gate;
  private final Repeats repeats;
  private final Gathered<WorkMessage> work;
  private final GatewayMeters meters;
  private final Clock clock;

  Conclusions(IntakeGate gate, Repeats repeats, Bus bus, GatewayMeters meters, Clock clock) {
    this.gate = gate;
    this.repeats = repeats;
    this.work = bus.sending(Addresses.WORK);
    this.meters = meters;
    this.clock = clock;
  }

  /** What became of a request. */
  IntakeResult of(AcceptRequest request, AcceptResult result, QuotaGrant grant) {
    if (result instanceof AcceptResult.Stored stored) {
      SendNotification notification = request.notification();
      meters.intake().accepted(notification.channel(), notification.priority());
      if (request.dueAtMillis() <= clock.millis() + DeliveryQueue.SOON_MILLIS) {
        work.send(new WorkMessage(workItem(request)));
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
}
