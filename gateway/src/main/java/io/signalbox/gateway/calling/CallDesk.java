package io.signalbox.gateway.calling;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.OperationMessages.Operate;
import io.signalbox.gateway.bus.OperationMessages.Operated;
import io.signalbox.gateway.bus.RateMessages.CoolsDown;
import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.NotAsked;
import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.ledger.CallEnd;
import io.signalbox.gateway.ledger.CallStart;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.tracing.WorkSpan;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls: waits for a permit, has what changes something recorded first, and asks the
 * provider's verticle. Thread-confined.
 */
final class CallDesk {
  /** How much longer than the call's own time-out an answer is waited for. */
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(2);

  /** The part of a call's time that it may wait for its turn: the provider needs the rest. */
  private static final int WAITING_PART = 2;

  private final Bus bus;
  private final CallBoard board;
  private final CallJournal journal;
  private final NotificationIds ids;
  private final Tracing tracing;
  private final Clock clock;

  CallDesk(
      Bus bus,
      CallBoard board,
      CallJournal journal,
      NotificationIds ids,
      Tracing tracing,
      Clock clock) {
    this.bus = bus;
    this.board = board;
    this.journal = journal;
    this.ids = ids;
    this.tracing = tracing;
    this.clock = clock;
  }

  /**
   * A call on its way.
   *
   * @param attempt under which it is recorded
   * @param beganAtMillis when it came
   */
  private record Run<T>(
      AttemptId attempt, CallLine line, ProviderCall<T> call, CalledBy by, long beganAtMillis) {

    long deadlineAtMillis() {
      return beganAtMillis + call.timeout().toMillis();
    }

    long turnUntilMillis() {
      return beganAtMillis + call.timeout().toMillis() / WAITING_PART;
    }
  }

  /** As {@link io.signalbox.gateway.call.ProviderCalls#call}, on the context of this. */
  <T> Future<Answer<T>> call(String provider, ProviderCall<T> call, CalledBy by) {
    long now = clock.millis();
    CallLine line = board.find(provider);
    if (line == null) {
      return failed(Unanswered.gone());
    }
    Outcome against = line.against(call, now);
    if (against != null) {
      return failed(against);
    }
    Run<T> run = new Run<>(attempt(call), line, call, by, now);
    Future<Boolean> turn = line.turn(call.type(), run.turnUntilMillis(), now);
    board.look();
    return turn.compose(given -> given ? begin(run) : failed(busy()));
  }

  private static <T> Future<Answer<T>> failed(Outcome outcome) {
    return Future.succeededFuture(new Answer.Failed<>(outcome));
  }

  private static Outcome busy() {
    return Unanswered.because(NotAsked.NO_PERMIT, "too many calls are under way at the provider");
  }

  /** An attempt that is recorded elsewhere keeps its id; any other call gets one of its own. */
  private AttemptId attempt(ProviderCall<?> call) {
    String named = call.type().begins() ? call.attemptId() : null;
    return (named == null ? Optional.<AttemptId>empty() : AttemptId.parse(named))
        .orElseGet(() -> new AttemptId(ids.next(), 1));
  }

  /** What stands against it may have changed while it waited. */
  private <T> Future<Answer<T>> begin(Run<T> run) {
    long now = clock.millis();
    Outcome against = run.line().against(run.call(), now);
    if (against != null) {
      return notMade(run, against);
    }
    boolean recordedFirst = run.call().type().changes() && !run.call().type().begins();
    return recordedFirst
        ? journal
            .begin(start(run))
            .transform(
                written ->
                    written.succeeded()
                        ? made(run)
                        : notMade(
                            run,
                            Unanswered.because(
                                "ledger_unavailable", "the call could not be recorded")))
        : made(run);
  }

  private <T> Future<Answer<T>> notMade(Run<T> run, Outcome outcome) {
    run.line().giveBack(run.call().type(), clock.millis());
    return failed(outcome);
  }

  private <T> Future<Answer<T>> made(Run<T> run) {
    return traced(run)
        .map(
            operated -> {
              ended(run, operated);
              return answer(operated);
            });
  }

  private <T> Future<Operated> traced(Run<T> run) {
    TraceContext trace = run.by().trace();
    if (trace == null || !tracing.isOn()) {
      return ask(run, run.call());
    }
    ProviderCall<T> call = run.call();
    WorkSpan span =
        tracing.operationCall(
            call.type().wireName(),
            run.line().state().provider(),
            call.channel(),
            call.type().begins() ? run.attempt() : null,
            trace);
    return span.around(() -> ask(run, call.traced(span.place().traceparent())))
        .onSuccess(operated -> span.end(operated.answer()));
  }

  /** The Future does not fail. */
  private <T> Future<Operated> ask(Run<T> run, ProviderCall<T> call) {
    // The ledger may have taken a while to write: the deadline stays where it is.
    Duration left = Duration.ofMillis(run.deadlineAtMillis() - clock.millis());
    if (left.isZero() || left.isNegative()) {
      return Future.succeededFuture(notAsked(Unanswered.late()));
    }
    return bus.request(
            // The generation may have changed meanwhile: the current one is asked.
            Addresses.operations(
                run.line().state().provider(), run.line().generationFor(run.attempt())),
            new Operate(run.attempt(), call.within(left)),
            Operated.class,
            left.plus(ANSWER_MARGIN))
        .otherwise(failure -> unanswered(run, failure));
  }

  private static Operated notAsked(Outcome outcome) {
    return new Operated(new Answer.Failed<>(outcome), false, 0);
  }

  private <T> Operated unanswered(Run<T> run, Throwable failure) {
    if (failure instanceof GatewayException gone && gone.status() == 503) {
      return notAsked(Unanswered.gone());
    }
    Outcome outcome =
        Unanswered.noAnswer(run.call().type(), "the provider verticle gave no answer");
    return new Operated(new Answer.Failed<>(outcome), true, clock.millis() - run.beganAtMillis());
  }

  private <T> void ended(Run<T> run, Operated operated) {
    long now = clock.millis();
    ProviderCall<T> call = run.call();
    CallLine line = run.line();
    if (operated.called()) {
      long coolBefore = line.coolUntilMillis();
      line.ended(call.type(), operated.answer(), operated.tookMillis(), now);
      if (line.coolUntilMillis() > coolBefore) {
        bus.publish(
            Addresses.COOL_DOWNS, new CoolsDown(line.state().provider(), line.coolUntilMillis()));
      }
    } else {
      line.giveBack(call.type(), now);
    }
    board.look();
    if (call.type().begins()) {
      return;
    }
    CallEnd end =
        CallEnd.of(
            run.attempt(),
            operated.answer(),
            rentalId(call, answer(operated)),
            now,
            operated.tookMillis());
    if (call.type().changes()) {
      journal.end(end);
    } else if (operated.called()) {
      journal.record(start(run), end);
    }
  }

  private static <T> @Nullable String rentalId(ProviderCall<T> call, Answer<T> answer) {
    return answer instanceof Answer.Done<T> done ? call.rentalIdOf(done.value()) : null;
  }

  @SuppressWarnings("unchecked") // The answer is of the call's type.
  private static <T> Answer<T> answer(Operated operated) {
    return (Answer<T>) operated.answer();
  }

  private <T> CallStart start(Run<T> run) {
    ProviderCall<T> call = run.call();
    return new CallStart(
        run.attempt(),
        run.by().tenant(),
        run.line().state().provider(),
        call.type(),
        call.channel(),
        run.line().generationFor(run.attempt()),
        call.service(),
        call.country(),
        call.rentalId(),
        run.beganAtMillis(),
        run.deadlineAtMillis());
  }
}
