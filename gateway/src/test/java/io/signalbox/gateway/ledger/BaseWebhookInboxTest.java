package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.ReceiptEffect.Kind;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every ledger must do with webhooks between their arrival and their effect. */
public abstract class BaseWebhookInboxTest extends LedgerContract {
  private static final int ALL = Integer.MAX_VALUE;

  private WebhookInbox inbox() {
    return opened.webhooks();
  }

  private static WebhookBody body(long receivedAt, String raw, Receipt... receipts) {
    return new WebhookBody(
        "alpha",
        receivedAt,
        "POST",
        "https://example.org/webhooks/alpha",
        "{}",
        Buffer.buffer(raw),
        null,
        List.of(receipts),
        Set.of(Channel.SMS));
  }

  private List<StoredWebhook> unprocessed() throws Exception {
    return await(inbox().unprocessed(ALL, Set.of())).webhooks();
  }

  private static WebhookSlice slice(StoredWebhook webhook, int from, int to) {
    WebhookBatch all = webhook.batch();
    List<Receipt> receipts = all.receipts();
    return new WebhookSlice(
        webhook.id(),
        new WebhookBatch(all.provider(), all.receivedAtMillis(), receipts.subList(from, to)),
        to == receipts.size());
  }

  private static WebhookSlice whole(StoredWebhook webhook) {
    return slice(webhook, 0, webhook.batch().receipts().size());
  }

  @Test
  void whatIsStoredHasNoEffectBeforeItIsProcessed() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    await(inbox().store(body(NOW, "x", receipt("e-1", null, "m-1", ReceiptStatus.DELIVERED))));

    assertThat(state(id)).isEqualTo(NotificationState.SENT);
    assertThat(await(inbox().waiting())).isEqualTo(new WebhookBacklog(1, NOW, 0));

    List<List<ReceiptEffect>> effects =
        await(inbox().process(List.of(whole(unprocessed().get(0)))));

    assertThat(effects).hasSize(1);
    assertThat(effects.get(0)).extracting(ReceiptEffect::kind).containsExactly(Kind.MOVED);
    assertThat(state(id)).isEqualTo(NotificationState.DELIVERED);
    assertThat(await(inbox().waiting())).isEqualTo(WebhookBacklog.NONE);
    assertThat(unprocessed()).isEmpty();
  }

  @Test
  void whatIsStoredSurvivesARestartToTheLetter() throws Exception {
    Receipt full =
        receipt("e-\"1\"\u0000\u20ac", new AttemptId(begun(), 1), "m-1", ReceiptStatus.BOUNCED);
    Receipt bare = receipt("e-2", null, null, ReceiptStatus.UNKNOWN);
    long first = await(inbox().store(body(NOW, "x", full, bare)));

    reopen();
    await(ledger().recover(NOW));

    assertThat(unprocessed())
        .containsExactly(
            new StoredWebhook(
                first, new WebhookBatch("alpha", NOW, List.of(full, bare), Set.of(Channel.SMS))));
    assertThat(await(inbox().store(body(NOW, "y", bare)))).isGreaterThan(first);
  }

  @Test
  void aWebhookWaitsUntilItsLastSliceIsProcessed() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    await(
        inbox()
            .store(
                body(
                    NOW,
                    "x",
                    receipt("e-1", null, "m-1", ReceiptStatus.DELIVERED),
                    receipt("e-2", null, "m-1", ReceiptStatus.OPENED))));
    StoredWebhook webhook = unprocessed().get(0);

    await(inbox().process(List.of(slice(webhook, 0, 1))));
    reopen();
    await(ledger().recover(NOW));

    assertThat(unprocessed()).containsExactly(webhook);
    List<List<ReceiptEffect>> again = await(inbox().process(List.of(whole(webhook))));
    assertThat(again.get(0))
        .extracting(ReceiptEffect::kind)
        .containsExactly(Kind.REPEATED, Kind.KEPT);
    assertThat(unprocessed()).isEmpty();
    assertThat(timeline(id).receipts()).hasSize(2);
    assertThat(await(inbox().process(List.of(whole(webhook)))).get(0))
        .extracting(ReceiptEffect::kind)
        .containsOnly(Kind.REPEATED);
  }

  @Test
  void aBodyWithoutReceiptsHasNothingToProcess() throws Exception {
    await(inbox().store(body(NOW, "nothing of ours")));

    assertThat(unprocessed()).isEmpty();
    assertThat(await(inbox().waiting())).isEqualTo(WebhookBacklog.NONE);
    assertThat(await(inbox().deleteBodies(NOW + 1))).isEqualTo(1);
  }

  @Test
  void givesOutNoMoreThanTheCallerHasRoomForAndSkipsWhatItHas() throws Exception {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Receipt one = receipt("a-" + i, null, null, ReceiptStatus.SENT);
      Receipt two = receipt("b-" + i, null, null, ReceiptStatus.SENT);
      ids.add(await(inbox().store(body(NOW + i, "x", one, two))));
    }

    UnprocessedWebhooks least = await(inbox().unprocessed(1, Set.of()));
    UnprocessedWebhooks some = await(inbox().unprocessed(4, Set.of(ids.get(0))));
    UnprocessedWebhooks rest = await(inbox().unprocessed(4, Set.of(ids.get(0), ids.get(1))));

    assertThat(least.webhooks()).extracting(StoredWebhook::id).containsExactly(ids.get(0));
    assertThat(least.more()).isTrue();
    assertThat(some.webhooks()).extracting(StoredWebhook::id).isEqualTo(ids.subList(1, 3));
    assertThat(some.more()).isTrue();
    assertThat(rest.webhooks()).extracting(StoredWebhook::id).isEqualTo(ids.subList(2, 4));
    assertThat(rest.more()).isFalse();
  }

  @Test
  void whatIsSetAsideWaitsUntilItIsTakenUp() throws Exception {
    Receipt receipt = receipt("e-1", null, null, ReceiptStatus.SENT);
    long id = await(inbox().store(body(NOW, "x", receipt)));

    await(inbox().setAside(id, "a reason"));

    assertThat(unprocessed()).isEmpty();
    assertThat(await(inbox().waiting())).isEqualTo(new WebhookBacklog(0, 0, 1));
    assertThat(await(inbox().takeUpSetAside())).isEqualTo(1);
    assertThat(unprocessed()).extracting(StoredWebhook::id).containsExactly(id);
  }

  @Test
  void deletesOldBodiesInSmallStepsAndLosesNoReceipt() throws Exception {
    String large = "x".repeat(300_000);
    Receipt receipt = receipt("e-1", null, null, ReceiptStatus.SENT);
    for (int i = 0; i < 5; i++) {
      await(inbox().store(body(NOW + i, large, receipt)));
    }
    await(inbox().store(body(NOW + 100, "young")));

    List<Integer> steps = new ArrayList<>();
    int step = await(inbox().deleteBodies(NOW + 100));
    while (step > 0) {
      steps.add(step);
      step = await(inbox().deleteBodies(NOW + 100));
    }

    assertThat(steps).hasSizeGreaterThan(2);
    assertThat(steps.stream().mapToInt(i -> i).sum()).isEqualTo(5);
    assertThat(unprocessed()).hasSize(5);
    assertThat(await(inbox().deleteBodies(NOW + 101))).isEqualTo(1);
  }

  @Test
  void storesNothingAfterItsClose() throws Exception {
    await(ledger().close());

    assertThatThrownBy(() -> await(inbox().store(body(NOW, "x"))))
        .hasCauseInstanceOf(LedgerUnavailableException.class);
  }
}
