package io.signalbox.gateway.webhook;

import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.model.NotificationState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what becomes of webhooks. */
public final class CountingMeter implements WebhookMeter {
  final AtomicInteger stored = new AtomicInteger();
  final AtomicInteger processed = new AtomicInteger();
  final AtomicInteger receipts = new AtomicInteger();
  final List<String> moves = new CopyOnWriteArrayList<>();

  @Override
  public void webhook(String provider, String kind) {}

  @Override
  public void stored(String provider) {
    stored.incrementAndGet();
  }

  @Override
  public void processed(String provider) {
    processed.incrementAndGet();
  }

  @Override
  public void receipt(String provider, ReceiptEffect effect) {
    receipts.incrementAndGet();
  }

  @Override
  public void moved(NotificationState before, NotificationState after) {
    moves.add(before.wireName() + " " + after.wireName());
  }
}
