package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Gathered;
import io.signalbox.gateway.bus.ProviderAbilities;
import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.guard.GuardedProvider;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.tracing.WorkSpan;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands deliveries to one generation of a provider, through its breaker, and answers each exactly
 * once, also if its provider never does. Used on one context.
 */
final class DeliveryDesk {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryDesk.class);

  /** The code of an attempt that was not waited for any longer. */
  static final String DRAIN_DEADLINE = "drain_deadline";

  /** How long attempts that the close of their provider cut off have to tell how far they got. */
  private static final Duration CUT_TIMEOUT = Duration.ofMillis(500);

  private final String id;
  private final ProviderAbilities abilities;
  private final AttemptTally tally;
  private final GuardedProvider provider;
  private final BreakerEngine engine;
  private final Gathered<Observed> outcomes;
  private final Clock clock;
  private final Tracing tracing;
  private final UnderWay underWay;
  private boolean closed;

  DeliveryDesk(
      Vertx vertx,
      ProviderSetup setup,
      GuardedProvider provider,
      BreakerEngine engine,
      DeliveryServices services) {
    this.id = setup.id();
    this.abilities = setup.abilities();
    this.tally = setup.tally();
    this.provider = provider;
    this.engine = engine;
    this.outcomes = services.bus().publishing(Addresses.OUTCOMES);
    this.clock = services.clock();
    this.tracing = services.tracing();
    this.underWay = new UnderWay(vertx, clock);
  }

  /** The Future never fails. */
  Future<Delivered> deliver(Deliver deliver) {
    if (!provider.can(MessageProvider.class)) {
      return Future.succeededFuture(notSent(deliver, "no_messages", "carries no messages"));
    }
    if (closed) {
      return Future.succeededFuture(
          notSent(deliver, PastAttempt.PROVIDER_GONE, "the provider was taken away"));
    }
    MailOptions asked = deliver.request().mail();
    String lack = asked == null ? null : abilities.lack(asked);
    if (lack != null) {
      // Another generation was chosen: one on trial, or one that was replaced meanwhile.
      return Future.succeededFuture(notSent(deliver, lack, "cannot do what the mail asks for"));
    }
    long begin = System.nanoTime();
    LateAnswer late = new LateAnswer(id, deliver.attempt(), provider);
    return underWay
        .track(
            engine.call(
                deliver.attempt(),
                AnswerKind.delivery(deliver.cutShort()),
                () -> late.watch(call(deliver))),
            result -> ended(deliver, result, begin),
            () -> givenUp(deliver, begin))
        .onSuccess(delivered -> late.settled());
  }

  private Future<Outcome> call(Deliver deliver) {
    DeliveryRequest request = deliver.request();
    if (!tracing.isOn()) {
      return provider.deliver(request);
    }
    WorkSpan span =
        tracing.providerCall(deliver.attempt(), id, request.channel(), request.traceparent());
    return provider
        .deliver(request.withTraceparent(span.place().traceparent()))
        .onComplete(span::end, failure -> span.end(0, "failed"));
  }

  private static Delivered notSent(Deliver deliver, String code, String message) {
    Evidence evidence = Evidence.unanswered(Progress.NOT_CONNECTED, code, message);
    return new Delivered(deliver.attempt(), new Outcome.Transient(evidence), 0);
  }

  private Delivered ended(Deliver deliver, BreakerEngine.Result<Outcome> result, long beginNanos) {
    long tookMillis = millisSince(beginNanos);
    if (result.called()) {
      tally.ended(result.answer(), deliver.cutShort());
      outcomes.send(
          ProviderNews.observed(id, deliver, result.answer(), tookMillis, clock.millis()));
    }
    return new Delivered(deliver.attempt(), result.answer(), tookMillis);
  }

  /** Its bytes may have left, and nobody will hear the answer. */
  private Delivered givenUp(Deliver deliver, long beginNanos) {
    long tookMillis = millisSince(beginNanos);
    Evidence evidence =
        Evidence.unanswered(
            Progress.BODY_WRITTEN, DRAIN_DEADLINE, "the provider was stopped before it answered");
    Outcome unknown = new Outcome.Unknown(evidence);
    outcomes.send(ProviderNews.givenUp(id, deliver, unknown, tookMillis, clock.millis()));
    return new Delivered(deliver.attempt(), unknown, tookMillis);
  }

  private static long millisSince(long beginNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
  }

  /**
   * Lets what is under way end, and takes what still comes, because it was on its way already; then
   * takes nothing more.
   *
   * @param longest how long that may take; may become shorter meanwhile
   */
  Future<Void> drained(Supplier<Duration> longest) {
    return underWay.drained(longest).onComplete(done -> closed = true);
  }

  /**
   * Ends what the close of the provider has cut off: as far as it got, or, where even now no
   * outcome comes, as unknown.
   */
  Future<Void> cut() {
    return underWay
        .ended(CUT_TIMEOUT)
        .onComplete(
            done -> {
              int unknown = underWay.giveUp();
              if (unknown > 0) {
                LOG.warn(
                    "{} attempts at {} were not waited for any longer: their outcomes are unknown",
                    unknown,
                    id);
              }
            });
  }
}
