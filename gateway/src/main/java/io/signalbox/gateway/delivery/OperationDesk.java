package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.Gathered;
import io.signalbox.gateway.bus.OperationMessages.Operate;
import io.signalbox.gateway.bus.OperationMessages.Operated;
import io.signalbox.gateway.bus.OperationMessages.OperationMessage;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.guard.GuardedProvider;
import io.signalbox.gateway.model.PastAttempt;
import io.signalbox.scoring.AttemptResult;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls of operations at one generation of a provider, through its breaker, and answers each
 * exactly once, also if its provider never does.
 *
 * <p>An open breaker keeps new work away. What {@linkplain
 * io.signalbox.gateway.call.RequestType#settles winds up} work that has begun goes past it, at the
 * rate of look-ups and with a bound on how many wait, and then counts neither for nor against the
 * provider. Used on one context.
 */
final class OperationDesk {
  private static final Logger LOG = LoggerFactory.getLogger(OperationDesk.class);

  /** The provider keeps the call's time-out; this is a net below it. */
  private static final Duration NET = Duration.ofMillis(500);

  private static final Duration CUT_TIMEOUT = Duration.ofMillis(500);

  private final String id;
  private final Duration longest;
  private final AttemptTally tally;
  private final GuardedProvider provider;
  private final BreakerEngine engine;
  private final Bus bus;
  private final Gathered<Observed> outcomes;
  private final Clock clock;
  private final UnderWay underWay;
  private final Turns turns;
  private boolean closed;

  OperationDesk(
      Vertx vertx,
      ProviderSetup setup,
      GuardedProvider provider,
      BreakerEngine engine,
      DeliveryServices services) {
    this.id = setup.id();
    this.longest = setup.definition().timeout();
    this.tally = setup.tally();
    this.provider = provider;
    this.engine = engine;
    this.bus = services.bus();
    this.outcomes = bus.publishing(Addresses.OUTCOMES);
    this.clock = services.clock();
    this.underWay = new UnderWay(vertx, clock);
    this.turns =
        new Turns(
            vertx,
            services.config().lookup().ratePerSecond(),
            services.config().lookup().timeout().toMillis(),
            clock);
  }

  /**
   * Answers what is sent to the provider's address of operations; fails only if that is no call.
   */
  Future<Operated> handle(OperationMessage message) {
    return message instanceof Operate asked
        ? operate(asked, asked.call())
        : Future.failedFuture(new GatewayException(400, "not a call"));
  }

  private <T> Future<Operated> operate(Operate asked, ProviderCall<T> wanted) {
    if (!provider.can(wanted.target())) {
      return notMade("no_operations", "offers no such operation");
    }
    if (closed) {
      return notMade(PastAttempt.PROVIDER_GONE, "the provider was taken away");
    }
    boolean series = wanted.type().isSeries();
    boolean cutShort = series || wanted.timeout().compareTo(longest.dividedBy(2)) < 0;
    Run<T> run =
        new Run<>(
            wanted.timeout().compareTo(longest) > 0 && !series ? wanted.within(longest) : wanted,
            new CallAnswers<>(wanted.type(), cutShort),
            new LateCall(id, asked, bus),
            System.nanoTime());
    return underWay
        .track(through(asked, run), ended -> ended(run, ended), () -> givenUp(run))
        .onSuccess(operated -> run.late().settled());
  }

  /**
   * A call on its way.
   *
   * @param kind what its answers say
   * @param beginNanos when it came
   */
  private record Run<T>(ProviderCall<T> call, CallAnswers<T> kind, LateCall late, long beginNanos) {

    long tookMillis() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
    }
  }

  /**
   * How a call ended.
   *
   * @param counted whether its breaker was told
   */
  private record Ended<T>(Answer<T> answer, boolean called, boolean counted) {}

  private static Future<Operated> notMade(String code, String message) {
    Evidence evidence = Evidence.unanswered(Progress.NOT_CONNECTED, code, message);
    return Future.succeededFuture(
        new Operated(new Answer.Failed<>(new Outcome.Transient(evidence)), false, 0));
  }

  private <T> Future<Ended<T>> through(Operate asked, Run<T> run) {
    return engine
        .call(asked.attempt(), run.kind(), () -> made(run, run.call()))
        .compose(
            result ->
                result.called() || !run.call().type().settles()
                    ? Future.succeededFuture(new Ended<>(result.answer(), result.called(), true))
                    : past(run, result.answer()));
  }

  /** Past a breaker that lets nothing through. */
  private <T> Future<Ended<T>> past(Run<T> run, Answer<T> refused) {
    return turns
        .next()
        .compose(
            given -> {
              long leftMillis = run.call().timeout().toMillis() - run.tookMillis();
              return given && leftMillis > 0 && !closed
                  ? BreakerEngine.checked(
                          () -> made(run, run.call().within(Duration.ofMillis(leftMillis))))
                      .otherwise(failure -> run.kind().instead(BreakerEngine.unknown(failure)))
                      .map(answer -> new Ended<>(answer, true, false))
                  : Future.succeededFuture(new Ended<>(refused, false, false));
            });
  }

  private <T> Future<Answer<T>> made(Run<T> run, ProviderCall<T> call) {
    return run.late()
        .watch(provider.operate(call))
        .timeout(call.timeout().plus(NET).toMillis(), TimeUnit.MILLISECONDS);
  }

  private <T> Operated ended(Run<T> run, Ended<T> ended) {
    long tookMillis = run.tookMillis();
    if (ended.called()) {
      tell(run, ended, tookMillis);
    }
    return new Operated(run.kind().checked(ended.answer()), ended.called(), tookMillis);
  }

  /**
   * Only calls that change something make up a provider's score: it says whom to give such work to.
   * Reads are many, easy and short, and would hide how that goes.
   */
  private <T> void tell(Run<T> run, Ended<T> ended, long tookMillis) {
    AnswerKind.Said said = run.kind().said(ended.answer());
    boolean scored = ended.counted() && run.call().type().changes();
    AttemptResult counted = scored ? said.counted() : AttemptResult.NEUTRAL;
    tally.ended(counted);
    if (!(ended.answer() instanceof Answer.Unserved)) {
      outcomes.send(
          ProviderNews.observed(id, run.call(), ended.answer(), counted, tookMillis, clock));
    }
  }

  /** Its bytes may have left, and nobody will hear the answer. */
  private <T> Operated givenUp(Run<T> run) {
    Evidence evidence =
        Evidence.unanswered(
            Progress.BODY_WRITTEN,
            DeliveryDesk.DRAIN_DEADLINE,
            "the provider was stopped before it answered");
    return new Operated(run.kind().instead(new Outcome.Unknown(evidence)), true, run.tookMillis());
  }

  /** As {@link DeliveryDesk#drained}. */
  Future<Void> drained(Supplier<Duration> longestWait) {
    return underWay.drained(longestWait).onComplete(done -> closed = true);
  }

  /** As {@link DeliveryDesk#cut}. */
  Future<Void> cut() {
    turns.close();
    return underWay
        .ended(CUT_TIMEOUT)
        .onComplete(
            done -> {
              int unknown = underWay.giveUp();
              if (unknown > 0) {
                LOG.warn("{} calls at {} were not waited for any longer", unknown, id);
              }
            });
  }
}
