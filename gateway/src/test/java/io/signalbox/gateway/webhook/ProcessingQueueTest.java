package io.signalbox.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.StoredWebhook;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.WebhookSlice;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProcessingQueueTest {

  private static StoredWebhook webhook(long id, int receipts) {
    return new StoredWebhook(
        id,
        new WebhookBatch(
            "alpha",
            1,
            IntStream.range(0, receipts).mapToObj(i -> receipt(id + "-" + i)).toList()));
  }

  private static Receipt receipt(String event) {
    return new Receipt(
        event,
        null,
        null,
        ReceiptStatus.SENT,
        ReasonClass.NONE,
        "sent",
        null,
        null,
        null,
        Instant.EPOCH);
  }

  private static String words(List<WebhookSlice> slices) {
    return slices.stream()
        .map(s -> s.webhook() + ":" + s.batch().receipts().size() + (s.last() ? "!" : ""))
        .toList()
        .toString();
  }

  @Test
  void severalSmallWebhooksShareASlice() {
    ProcessingQueue queue = new ProcessingQueue(1_000);
    queue.offer(webhook(1, 2));
    queue.offer(webhook(2, 3));
    queue.offer(webhook(3, 9));

    List<WebhookSlice> first = queue.next(10, 50);
    assertThat(words(first)).isEqualTo("[1:2!, 2:3!, 3:5]");
    assertThat(words(queue.next(10, 50))).isEqualTo(words(first));
    queue.remove(first);
    assertThat(words(queue.next(10, 50))).isEqualTo("[3:4!]");
  }

  @Test
  void aSliceTakesNoMoreWebhooksThanAsked() {
    ProcessingQueue queue = new ProcessingQueue(1_000);
    queue.offer(webhook(1, 2));
    queue.offer(webhook(2, 3));

    assertThat(words(queue.next(10, 1))).isEqualTo("[1:2!]");
  }

  @Test
  void holdsNoMoreThanItsBoundButAlwaysOne() {
    ProcessingQueue queue = new ProcessingQueue(10);

    assertThat(queue.offer(webhook(1, 25))).isTrue();
    assertThat(queue.offer(webhook(2, 1))).isFalse();
    assertThat(queue.room()).isZero();
    queue.removeFirst();
    assertThat(queue.offer(webhook(2, 1))).isTrue();
    assertThat(queue.room()).isEqualTo(9);
    assertThat(queue.ids()).containsExactly(2L);
  }

  @Test
  void takesAWebhookOnce() {
    ProcessingQueue queue = new ProcessingQueue(10);

    assertThat(queue.offer(webhook(1, 3))).isTrue();
    assertThat(queue.offer(webhook(1, 3))).isTrue();
    assertThat(words(queue.next(10, 10))).isEqualTo("[1:3!]");
    assertThat(queue.room()).isEqualTo(7);
  }

  @Test
  void cutsEverythingIntoSlicesOnceAndInOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ProcessingQueue queue = new ProcessingQueue(100_000);
    List<String> offered = new ArrayList<>();
    for (int id = 1; id <= 200; id++) {
      StoredWebhook webhook = webhook(id, 1 + random.nextInt(30));
      queue.offer(webhook);
      webhook.batch().receipts().forEach(receipt -> offered.add(receipt.eventId()));
    }

    List<String> cut = new ArrayList<>();
    List<WebhookSlice> slices = queue.next(1 + random.nextInt(40), 1 + random.nextInt(9));
    while (!slices.isEmpty()) {
      slices.forEach(s -> s.batch().receipts().forEach(receipt -> cut.add(receipt.eventId())));
      queue.remove(slices);
      slices = queue.next(1 + random.nextInt(40), 1 + random.nextInt(9));
    }

    assertThat(cut).as("seed %d", seed).isEqualTo(offered);
    assertThat(queue.ids()).isEmpty();
    assertThat(queue.room()).isEqualTo(100_000);
  }
}
