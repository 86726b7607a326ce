package io.signalbox.gateway.lookup;

import io.signalbox.gateway.bus.ProviderMessages.LookUpAnswer;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.ledger.LookupLedger;
import io.signalbox.gateway.ledger.LookupLedger.Unfinished;
import io.signalbox.gateway.ledger.LookupLedger.Walk;
import io.signalbox.gateway.ledger.LookupLedger.Walked;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.spi.Receipt;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks providers about attempts that no final receipt has come for, at certain ages. It keeps only
 * how far it has come, in memory, and writes only what it finds; so after a start some are asked
 * about again. What a provider's rate leaves no time for is left to the next age. Used on one
 * context.
 */
final class ReceiptSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(ReceiptSweeper.class);
  private static final int MAX_SEEN = 5_000;
  private static final int MAX_FOUND = 200;
  private static final int MAX_WAITING = 1_000;

  private final LookupLedger ledger;
  private final StatusAsker asker;
  private final LookupJournal journal;
  private final LookupMeter meter;
  private final Clock clock;
  private final List<SweepWindow> windows = new ArrayList<>();
  private final Questions questions = new Questions(MAX_WAITING);
  private boolean walking;

  /**
   * Makes a sweeper.
   *
   * @param ages at which is asked, growing
   */
  ReceiptSweeper(
      LookupLedger ledger,
      StatusAsker asker,
      LookupJournal journal,
      LookupMeter meter,
      List<Duration> ages,
      Clock clock) {
    this.ledger = ledger;
    this.asker = asker;
    this.journal = journal;
    this.meter = meter;
    this.clock = clock;
    for (int i = 0; i < ages.size(); i++) {
      Duration age = ages.get(i);
      Duration oldest = i + 1 < ages.size() ? ages.get(i + 1) : age.multipliedBy(2);
      windows.add(new SweepWindow(age, oldest, clock.millis()));
    }
  }

  /** Called at intervals: walks one stretch in each window. */
  void tick() {
    if (walking || asker.askable().isEmpty()) {
      return;
    }
    walking = true;
    Future<Void> walked = Future.succeededFuture();
    for (SweepWindow window : windows) {
      walked = walked.compose(before -> walk(window));
    }
    walked.onComplete(
        done -> walking = false,
        failure -> {
          walking = false;
          LOG.warn("missing receipts cannot be looked for: {}", failure.toString());
        });
  }

  private Future<Void> walk(SweepWindow window) {
    // Who has enough to answer is walked past, at little cost.
    Set<String> free =
        asker.askable().stream().filter(questions::hasRoom).collect(Collectors.toSet());
    return ledger
        .withoutFinalReceipt(
            new Walk(
                window.reached(), window.untilMillis(clock.millis()), free, MAX_SEEN, MAX_FOUND))
        .map(
            walked -> {
              take(window, walked);
              return null;
            });
  }

  private void take(SweepWindow window, Walked walked) {
    window.reach(walked.reached());
    for (Unfinished one : walked.found()) {
      if (!questions.add(subject(one))) {
        meter.lookedUp(one.provider(), LookUpAnswer.NOT_ASKED);
      }
    }
    questions.providers().forEach(this::askNext);
  }

  private static LookupSubject subject(Unfinished one) {
    return new LookupSubject(
        one.attempt(),
        one.provider(),
        one.channel(),
        one.recipient(),
        one.providerMessageId(),
        one.startedAtMillis());
  }

  private void askNext(String provider) {
    LookupSubject subject = questions.next(provider);
    if (subject == null) {
      return;
    }
    asker
        .ask(subject)
        .compose(lookedUp -> record(subject, lookedUp))
        .onFailure(
            failure -> LOG.warn("a looked-up status is not recorded: {}", failure.toString()))
        .onComplete(
            done -> {
              questions.answered(provider);
              askNext(provider);
            });
  }

  private Future<Void> record(LookupSubject subject, LookedUp lookedUp) {
    Receipt receipt = lookedUp.receipt();
    if (receipt == null) {
      return Future.succeededFuture();
    }
    return journal
        .record(subject, receipt)
        .map(
            effect -> {
              if (effect.kind() != ReceiptEffect.Kind.REPEATED) {
                journal.note(subject, lookedUp);
              }
              return null;
            });
  }
}
