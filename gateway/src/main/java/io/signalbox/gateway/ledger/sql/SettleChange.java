package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.ledger.StepRule;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/**
 * Records the end of an attempt, matches receipts that came before it, then takes the next step if
 * the {@link StepRule} still allows it. An attempt whose outcome is known already keeps it; an
 * unknown one can be told better. Told again after a commit without an answer, it says so if the
 * attempt that follows is under way: only this caller can hand it over.
 */
record SettleChange(Settlement settlement) implements Change<Settled> {

  @Override
  public void foresee(Foresight foresight) {
    NotificationId id = settlement.attempt().notification();
    foresight.notification(id);
    foresight.attempts(id);
    if (settlement.outcome() instanceof Outcome.Sent sent) {
      foresight.message(sent.providerMessageId());
    }
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public Settled apply(WriteSession session) throws SQLException {
    AttemptId id = settlement.attempt();
    NotificationRow row = session.notifications().get(id.notification());
    AttemptRow attempt = session.attempts().find(id.notification().key(), id.number());
    if (attempt == null) {
      throw new IllegalArgumentException("the attempt " + id + " has not begun");
    }
    if (settlement.next() instanceof NextStep.Attempt following
        && Steps.isUnderWay(session, row, following.start())) {
      return Settled.begun(row.state(), row.state());
    }
    if (attempt.outcome() != null && attempt.outcome() != OutcomeKind.UNKNOWN) {
      return Settled.overtaken(row.state());
    }

    Suppressor.ended(session, row, attempt, settlement);
    List<ReceiptEffect> matched = matchReceipts(session, attempt.provider());
    NotificationRow now = matched.isEmpty() ? row : session.notifications().get(row.id());
    return step(session, now, matched.isEmpty() ? attempt : again(session), matched);
  }

  private AttemptRow again(WriteSession session) throws SQLException {
    AttemptId id = settlement.attempt();
    return Objects.requireNonNull(session.attempts().find(id.notification().key(), id.number()));
  }

  private Settled step(
      WriteSession session, NotificationRow row, AttemptRow attempt, List<ReceiptEffect> matched)
      throws SQLException {
    NextStep next = receiptsConsidered(attempt);
    boolean latest = row.attempts() == settlement.attempt().number();
    boolean confirmation = attempt.confirmation();
    if (!StepRule.appliesAfterAttempt(row.state(), latest, confirmation, next)) {
      session.attempts().end(settlement, "overtaken: " + row.state().wireName());
      return Settled.overtaken(row.state(), matched);
    }
    if (attempt.cancelWish()) {
      return callBack(session, row, attempt, matched);
    }
    SuppressionReason suppressed =
        next instanceof NextStep.Attempt following
            ? SuppressionGuard.against(session, row, following.start())
            : null;
    if (suppressed != null) {
      return planAgain(session, row, matched, suppressed);
    }
    session.attempts().end(settlement, StepRule.word(next) + ": " + next.reason());
    long now = settlement.endedAtMillis();
    Cause cause = Cause.outcome(settlement.attempt(), attempt, settlement.outcome(), now);
    NotificationState state = Steps.take(session, row, next, cause, now);
    NextStep taken = next instanceof NextStep.Attempt ? null : next;
    return new Settled(true, row.state(), state, taken, matched, null);
  }

  /** What follows; at once what would wait for receipts of an attempt that is known to be lost. */
  private NextStep receiptsConsidered(AttemptRow attempt) {
    NextStep next = settlement.next();
    if (!attempt.best().meansNotDelivered()) {
      return next;
    }
    long now = settlement.endedAtMillis();
    if (next instanceof NextStep.Confirm) {
      return new NextStep.Confirm(now, StepRule.NOT_DELIVERED);
    }
    return next instanceof NextStep.Await ? new NextStep.Await(now, StepRule.NOT_DELIVERED) : next;
  }

  /** The application wants no more attempts: the caller's plan is dropped. */
  private Settled callBack(
      WriteSession session, NotificationRow row, AttemptRow attempt, List<ReceiptEffect> matched)
      throws SQLException {
    long now = settlement.endedAtMillis();
    session.attempts().end(settlement, settlement.next().reason() + ", " + StepRule.CANCELLED);
    NextStep instead =
        StepRule.afterCancelWish(
            settlement.next(), session.attemptFinder().anyMayArrive(row.id().key()));
    Cause cause = Cause.outcome(settlement.attempt(), attempt, settlement.outcome(), now);
    NotificationState state = Steps.take(session, row, instead, cause, now);
    session.events().insert(row.id().key(), now, StepRule.word(instead), instead.reason());
    return new Settled(false, row.state(), state, instead, matched, null);
  }

  /** The next attempt may not begin: the notification is due, so that another step is taken. */
  private Settled planAgain(
      WriteSession session,
      NotificationRow row,
      List<ReceiptEffect> matched,
      SuppressionReason suppressed)
      throws SQLException {
    session.attempts().end(settlement, settlement.next().reason() + ", " + suppressed.failure());
    long now = settlement.endedAtMillis();
    NextStep again = new NextStep.Retry(now, row.round(), suppressed.failure());
    Cause cause = Cause.decision(row, now);
    NotificationState state = Steps.take(session, row, again, cause, now);
    return Settled.suppressed(row.state(), state, matched, suppressed);
  }

  private List<ReceiptEffect> matchReceipts(WriteSession session, String provider)
      throws SQLException {
    if (!(settlement.outcome() instanceof Outcome.Sent sent)) {
      return List.of();
    }
    return Receipts.matchEarly(
        session,
        settlement.attempt(),
        provider,
        sent.providerMessageId(),
        new Arrival(settlement.endedAtMillis(), false));
  }
}
