package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.tracing.WorkSpan;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** Hands an attempt to its provider verticle and brings the outcome, whatever happens. */
final class Courier {
  /** How much longer than the attempt's own timeout an answer is waited for. */
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(2);

  private final Bus bus;
  private final Clock clock;
  private final Tracing tracing;

  Courier(Bus bus, Clock clock, Tracing tracing) {
    this.bus = bus;
    this.clock = clock;
    this.tracing = tracing;
  }

  /**
   * How an attempt ended.
   *
   * @param asked whether it was handed to the provider verticle at all
   */
  record Ended(Delivered delivered, boolean asked) {}

  /** The Future never fails. */
  Future<Ended> deliver(Flight flight) {
    AttemptStart start = flight.start();
    // The ledger may have taken a while to write: the deadline stays where it is.
    long now = clock.millis();
    Duration left = flight.left(now);
    if (left.isZero() || left.isNegative()) {
      return Future.succeededFuture(
          notAsked(start, PastAttempt.DEADLINE_OVER, "there was no time left"));
    }
    DeliveryRequest request = flight.request(now);
    return tracing.isOn() ? traced(flight, request, left) : ask(flight, request, left);
  }

  private Future<Ended> traced(Flight flight, DeliveryRequest request, Duration left) {
    AttemptStart start = flight.start();
    WorkSpan span =
        tracing.attempt(start.attempt(), start.provider(), start.channel(), flight.item().trace());
    DeliveryRequest within = request.withTraceparent(span.place().traceparent());
    return span.around(() -> ask(flight, within, left))
        .onSuccess(ended -> span.end(ended.delivered().outcome()));
  }

  private Future<Ended> ask(Flight flight, DeliveryRequest request, Duration left) {
    AttemptStart start = flight.start();
    return bus.request(
            // The generation may have changed while the ledger wrote: the current one is asked.
            Addresses.provider(start.provider(), flight.provider().generationFor(start.attempt())),
            new Deliver(start.attempt(), request, flight.isCutShort()),
            Delivered.class,
            left.plus(ANSWER_MARGIN))
        .map(delivered -> new Ended(delivered, true))
        .otherwise(failure -> unanswered(start, failure));
  }

  private Ended unanswered(AttemptStart start, Throwable failure) {
    boolean nobodyListened = failure instanceof GatewayException gone && gone.status() == 503;
    if (nobodyListened) {
      return notAsked(start, PastAttempt.PROVIDER_GONE, "the provider was taken away");
    }
    Evidence evidence =
        Evidence.unanswered(
            Progress.BODY_WRITTEN, "no_answer", "the provider verticle gave no answer");
    return new Ended(delivered(start, new Outcome.Unknown(evidence)), true);
  }

  private Ended notAsked(AttemptStart start, String code, String message) {
    Evidence evidence = Evidence.unanswered(Progress.NOT_CONNECTED, code, message);
    return new Ended(delivered(start, new Outcome.Transient(evidence)), false);
  }

  private Delivered delivered(AttemptStart start, Outcome outcome) {
    return new Delivered(start.attempt(), outcome, clock.millis() - start.startedAtMillis());
  }
}
