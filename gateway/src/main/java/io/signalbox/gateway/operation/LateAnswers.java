package io.signalbox.gateway.operation;

import io.signalbox.gateway.bus.OperationMessages.AnsweredLate;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;
import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OperationProgress;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.ledger.OrphanLedger.Found;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what providers answered after their attempts were given up. As long as the attempt is
 * the operation's newest and unknown, that settles it; afterwards, what was done after all is
 * nobody's, and is undone. A short cut: looking up and watching find the same. Used on one context.
 */
final class LateAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(LateAnswers.class);
  private static final int MOST_TRIES = 5;
  private static final int MOST_UNDER_WAY = 1_000;

  private final OperationLedger ledger;
  private final OperationKinds kinds;
  private final OperationStep step;
  private final OrphanTaker taker;
  private final SagaActs acts;
  private final Consumer<Operation> over;
  private final Clock clock;
  private int underWay;

  /**
   * Makes it.
   *
   * @param over told of each operation that has its end by this, once that is stored
   */
  LateAnswers(
      OperationLedger ledger,
      OperationKinds kinds,
      OperationStep step,
      OrphanTaker taker,
      SagaActs acts,
      Consumer<Operation> over,
      Clock clock) {
    this.ledger = ledger;
    this.kinds = kinds;
    this.step = step;
    this.taker = taker;
    this.acts = acts;
    this.over = over;
    this.clock = clock;
  }

  /** An answer came; what becomes of it goes on in the background. */
  void heard(AnsweredLate late) {
    if (!late.call().type().begins() || underWay >= MOST_UNDER_WAY) {
      return;
    }
    underWay++;
    settle(late, MOST_TRIES)
        .onComplete(
            done -> underWay--,
            failure -> {
              underWay--;
              LOG.warn("a late answer to {} is not used: {}", late.attempt(), failure.toString());
            });
  }

  private Future<Void> settle(AnsweredLate late, int tries) {
    return ledger
        .operation(late.attempt().notification())
        .compose(
            found -> {
              OperationKind<?> kind = found.map(one -> kinds.of(one.kind())).orElse(null);
              OperationAttempt attempt = found.map(one -> attempt(one, late)).orElse(null);
              return kind == null || attempt == null
                  ? Future.succeededFuture()
                  : settle(found.get(), kind, attempt, late, tries);
            });
  }

  private static @Nullable OperationAttempt attempt(Operation operation, AnsweredLate late) {
    return operation.progress().attempts().stream()
        .filter(one -> one.number() == late.attempt().number())
        .filter(one -> one.provider().equals(late.provider()))
        .findFirst()
        .orElse(null);
  }

  private <T> Future<Void> settle(
      Operation operation,
      OperationKind<T> kind,
      OperationAttempt attempt,
      AnsweredLate late,
      int tries) {
    long now = clock.millis();
    @SuppressWarnings("unchecked") // The answer is of the call's type, and so of its kind's.
    Answer<T> answer = (Answer<T>) late.answer();
    End end = AnswerEnd.of(answer, now);
    OperationResult result =
        answer instanceof Answer.Done<T> done
            ? kind.result(operation, attempt, done.value())
            : null;
    boolean open =
        operation.state() == OperationState.TRYING || operation.state() == OperationState.UNSETTLED;
    if (open && attempt.equals(operation.progress().newest())) {
      return end.how() == How.UNKNOWN
          ? Future.succeededFuture()
          : write(operation, step.answered(operation, end, result, now), late, tries);
    }
    return result == null
        ? Future.succeededFuture()
        : taker
            .take(
                new Found(operation, attempt.number(), result.provider(), result.providerId()),
                kind.neighbours(result.provider()),
                true,
                true)
            .mapEmpty();
  }

  private Future<Void> write(
      Operation before, Optional<OperationProgress> next, AnsweredLate late, int tries) {
    if (next.isEmpty()) {
      return Future.succeededFuture();
    }
    Operation after = before.with(next.get());
    return ledger
        .write(before, after, acts.neighbours(after), 0)
        .compose(
            written ->
                switch (written) {
                  case APPLIED -> {
                    if (!after.state().isOpen()) {
                      over.accept(after);
                    }
                    yield Future.succeededFuture();
                  }
                  // A look-up may have been quicker.
                  case OVERTAKEN -> tries > 1 ? settle(late, tries - 1) : Future.succeededFuture();
                  // Another operation's look-up has taken it, and is settled by it.
                  case CLAIMED -> Future.succeededFuture();
                });
  }
}
