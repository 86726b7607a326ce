package io.signalbox.gateway.lookup;

import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.text.Complaints;
import io.signalbox.gateway.trail.MoveMeter;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.Receipt;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what look-ups find, on the same way as webhooks, and shows them in the timeline. */
public final class LookupJournal {
  private static final Logger LOG = LoggerFactory.getLogger(LookupJournal.class);
  private static final NotificationLog TRAIL = new NotificationLog(LOG);
  private static final String EVENT = "lookup";

  private final Ledger ledger;
  private final MoveMeter meter;
  private final Clock clock;
  private final Complaints complaints;

  /** Makes a journal in that ledger. */
  public LookupJournal(Ledger ledger, MoveMeter meter, Clock clock) {
    this.ledger = ledger;
    this.meter = meter;
    this.clock = clock;
    this.complaints = new Complaints(clock::millis);
  }

  /** Records a receipt; fails as {@link Ledger#record} does. */
  public Future<ReceiptEffect> record(LookupSubject subject, Receipt receipt) {
    return ledger
        .record(
            new WebhookBatch(
                subject.provider(),
                clock.millis(),
                List.of(receipt),
                Set.of(subject.channel()),
                true))
        .map(effects -> effects.get(0))
        .onSuccess(
            effect -> {
              meter.received(effect);
              TRAIL.receipt(subject.provider(), effect);
            });
  }

  /** Shows in the timeline that a provider was asked, and what it said. */
  public void note(LookupSubject subject, LookedUp lookedUp) {
    ledger
        .note(
            subject.attempt().notification(),
            EVENT,
            subject.provider() + ": " + words(lookedUp),
            clock.millis())
        .onFailure(this::missing);
  }

  private void missing(Throwable failure) {
    int times = complaints.count(failure.getClass().getName());
    if (times > 0) {
      LOG.warn("{} look-ups are not in their timelines: {}", times, failure.toString());
    }
  }

  private static String words(LookedUp lookedUp) {
    Receipt receipt = lookedUp.receipt();
    return receipt == null
        ? lookedUp.answer().name().toLowerCase(Locale.ROOT)
        : receipt.status().wireName();
  }
}
