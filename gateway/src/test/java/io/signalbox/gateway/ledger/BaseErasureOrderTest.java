package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.RestoreLedger.Restoration;
import io.signalbox.gateway.ledger.RestoreLedger.Restored;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What orders to forget somebody must do with what happens at the same time, and after them. */
public abstract class BaseErasureOrderTest extends ErasureContract {
  private static final long LONGEST = RequestKeyLedger.LONGEST_REQUEST.toMillis();

  private List<Restored> restore(AcceptRequest... requests) throws Exception {
    return await(
        opened
            .restoring()
            .restore(
                Arrays.stream(requests)
                    .map(request -> new Restoration(request, ids.next()))
                    .toList()));
  }

  private static AcceptRequest accepted(AcceptRequest request, long atMillis) {
    return new AcceptRequest(
        request.id(),
        request.notification(),
        request.fallbackChannels(),
        request.content(),
        request.batch(),
        request.state(),
        atMillis,
        atMillis,
        request.subject(),
        request.requestDigest(),
        request.trace());
  }

  private AcceptRequest mail() {
    return request(
        notification(Channel.EMAIL, List.of(new Recipient.Email(MAIL)), List.of(), false));
  }

  private long doneLines() throws Exception {
    return await(opened.auditLog().auditTrail(100)).stream()
        .filter(line -> line.outcome().equals(AuditEntry.DONE))
        .count();
  }

  @Test
  void aDoneOrderStaysAsItIsWhenNothingIsTakenOver() throws Exception {
    to(MAIL);
    Erasure done = erase(MAIL);

    assertThat(restore()).isEmpty();

    assertThat(await(opened.erasures().eraseSome(later + 1_000_000))).isFalse();
    assertThat(await(opened.erasures().erasure(TENANT, done.id()))).contains(done);
    assertThat(doneLines()).isEqualTo(1);
  }

  @Test
  void whatASpoolBringsAfterTheEndIsStoredEmptyAndNotSent() throws Exception {
    Erasure done = erase(MAIL);
    NotificationId taken = to(OTHER);
    AcceptRequest late = mail();
    AcceptRequest aliased = mail().withId(new NotificationId(taken.key(), taken.random() ^ 1));
    AcceptRequest after = accepted(mail(), later + 1);

    assertThat(restore(late, aliased, after)).containsOnly(Restored.STORED);

    for (NotificationId each : List.of(late.id(), aliased.id())) {
      Timeline told = timeline(each);
      assertThat(told.state()).isEqualTo(NotificationState.CANCELLED);
      assertThat(told.content().length()).isZero();
      assertThat(told.events()).extracting(Timeline.Event::event).contains("spooled", "erased");
    }
    assertThat(timeline(after.id()).content().toString()).contains(MAIL);
    assertThat(dueIds(LANE, later + 1)).containsExactlyInAnyOrder(taken, after.id());
    Erasure counted = await(opened.erasures().erasure(TENANT, done.id())).orElseThrow();
    assertThat(counted.endedAtMillis()).isEqualTo(done.endedAtMillis());
    assertThat(counted.counts().notifications()).isEqualTo(2);
    assertThat(counted.counts().cancelled()).isEqualTo(2);
    assertThat(doneLines()).isEqualTo(1);
    assertThat(restore(late)).containsExactly(Restored.KNOWN);
  }

  @Test
  void whatASpoolBringsMeanwhileIsNotMissedWhereverTheOrderIs() throws Exception {
    Erasure ordered = await(opened.erasures().order(MAIL, WHO, later));
    int late = 0;
    do {
      AcceptRequest next = mail();
      assertThat(restore(next)).containsExactly(Restored.STORED);
      late++;
    } while (await(opened.erasures().eraseSome(later + SETTLED)));

    Erasure done = finished(ordered.id(), later + SETTLED);
    assertThat(done.endedAtMillis()).isNotNull();
    assertThat(late).isGreaterThan(5);
    assertThat(done.counts().notifications()).isEqualTo(late);
    assertThat(dueIds(LANE, later)).isEmpty();
    assertThat(isAnywhere(MAIL)).isFalse();
  }

  @Test
  void anOrderOnceMoreCoversWhatCameBetweenTheTwo() throws Exception {
    NotificationId underWay = to(MAIL);
    await(ledger().begin(start(underWay, 1)));
    long early = System.currentTimeMillis();
    Erasure first = await(opened.erasures().order(MAIL, WHO, early));
    assertThat(finished(first.id(), early + SETTLED).counts().waiting()).isEqualTo(1);
    AcceptRequest between =
        mail().withId(new NotificationId(NotificationId.firstKey(early + 10_000), 7));
    await(ledger().accept(between));

    assertThat(await(opened.erasures().order(MAIL, WHO, later)).id()).isEqualTo(first.id());
    settleSent(underWay, 1, "m");

    Erasure done = finished(first.id(), later + SETTLED);
    assertThat(done.endedAtMillis()).isNotNull();
    assertThat(done.counts().notifications()).isEqualTo(2);
    assertThat(state(between.id())).isEqualTo(NotificationState.CANCELLED);
    assertThat(isAnywhere(MAIL)).isFalse();
    assertThat(await(opened.erasures().order(MAIL, WHO, later)).id()).isNotEqualTo(first.id());
  }

  @Test
  void anAddressThatComesToTheListMeanwhileIsHiddenToo() throws Exception {
    NotificationId underWay = to(MAIL);
    await(ledger().begin(start(underWay, 1)));
    Erasure first = erase(MAIL);
    // Behind the phase that hides what is on the list.
    assertThat(await(opened.erasures().eraseSome(later + 60_000))).isTrue();
    settle(
        underWay,
        1,
        new Outcome.Rejected(ReasonClass.HARD_BOUNCE, Evidence.answered(400, "550", "unknown")),
        finish(NotificationState.FAILED));
    assertThat(all()).extracting(entry -> entry.addressee().address()).containsExactly(MAIL);

    Erasure done = finished(first.id(), later + 60_000);

    assertThat(done.endedAtMillis()).isNotNull();
    assertThat(done.counts().suppressions()).isEqualTo(1);
    assertThat(isAnywhere(MAIL)).isFalse();
    assertThat(await(ledger().accept(request("again"))))
        .isInstanceOf(AcceptResult.Suppressed.class);
  }

  @Test
  void webhooksKeepWhatTheySayOfOthers() throws Exception {
    String body = "[{\"to\":\"" + MAIL + "\"},{\"to\":\"" + OTHER + "\"}]";
    await(opened.webhooks().store(webhook(body)));

    Erasure done = erase(MAIL);

    assertThat(done.counts().webhooks()).isEqualTo(1);
    assertThat(isAnywhere(MAIL)).isFalse();
    assertThat(isAnywhere("\"to\":\"" + OTHER)).isTrue();
    assertThat(erase(MAIL).counts().webhooks()).isZero();
  }

  @Test
  void receiptsThatWaitTakeEffectFirstAndThoseSetAsideGoOnToWait() throws Exception {
    NotificationId others = ended(OTHER, NotificationState.SENT);
    AttemptId attempt = new AttemptId(others, 1);
    long webhook =
        await(
            opened
                .webhooks()
                .store(webhook("{}", receipt("e", attempt, "m", ReceiptStatus.DELIVERED))));

    Erasure ordered = erase(MAIL);
    assertThat(ordered.endedAtMillis()).isNull();
    assertThat(ordered.counts().waiting()).isEqualTo(1);
    await(opened.webhooks().setAside(webhook, "a test"));
    assertThat(finished(ordered.id(), later + 60_000).endedAtMillis()).isNotNull();

    assertThat(isAnywhere(MAIL)).isFalse();
    assertThat(await(opened.webhooks().takeUpSetAside())).isEqualTo(1);
    WebhookBatch batch =
        await(opened.webhooks().unprocessed(10, Set.of())).webhooks().get(0).batch();
    assertThat(batch.receipts().get(0).attemptId()).isEqualTo(attempt.toString());
    await(ledger().record(batch));
    assertThat(state(others)).isEqualTo(NotificationState.DELIVERED);
  }

  @Test
  void theKeptAnswerToTheOrderGoesWithIt() throws Exception {
    Erasure ordered = await(opened.erasures().order(MAIL, WHO, later));
    KeyedRequest request = new KeyedRequest(TENANT, "one", "f", 1);
    await(opened.requestKeys().take(request, NOW, 0));
    Buffer body = Buffer.buffer("{\"recipient_hash\":\"" + ordered.recipientHash() + "\"}");
    await(opened.requestKeys().keep(request, new KeptAnswer(202, Map.of(), body)));

    assertThat(finished(ordered.id(), later + SETTLED).counts().answers()).isEqualTo(1);

    assertThat(askStore("SELECT COUNT(*) FROM request_keys")).containsExactly("0");
  }

  @Test
  void aKeyThatNamesTheRecipientAndHasNoAnswerGoesWhenItsRequestIsOver() throws Exception {
    take("old " + MAIL, later - LONGEST - 60_000);
    take("old other", later - LONGEST - 60_000);
    take("new " + MAIL, later - 60_000);
    take("after the order " + MAIL, later + 1);

    Erasure waiting = erase(MAIL);
    assertThat(waiting.endedAtMillis()).isNull();
    assertThat(waiting.counts().waiting()).isEqualTo(1);
    assertThat(waiting.counts().answers()).isEqualTo(1);

    Erasure done = finished(waiting.id(), later + LONGEST);
    assertThat(done.endedAtMillis()).isNotNull();
    assertThat(done.counts().answers()).isEqualTo(2);
    assertThat(askStore("SELECT key FROM request_keys ORDER BY id"))
        .containsExactly("old other", "after the order " + MAIL);
  }

  private void take(String key, long atMillis) throws Exception {
    await(opened.requestKeys().take(new KeyedRequest(TENANT, key, "f", 1), atMillis, 0));
  }

  @Test
  void aTenantHasNoMoreThanAThousandOpenOrders() throws Exception {
    Erasure open = await(opened.erasures().order(MAIL, WHO, later));
    String columns = "address, due_at, created_at, asked_until, covers_until, created_by, origin,";
    engine()
        .change(
            directory,
            "INSERT INTO erasures (tenant, recipient_hash, "
                + columns
                + " correlation_id) WITH RECURSIVE n(i) AS"
                + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
                + " SELECT tenant, 'h' || i, "
                + columns
                + " correlation_id FROM erasures, n");

    assertThatThrownBy(() -> await(opened.erasures().order(OTHER, WHO, later)))
        .rootCause()
        .isInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining("1000 recipients are being forgotten");
    assertThat(await(opened.erasures().order(MAIL, WHO, later)).id()).isEqualTo(open.id());
    AuditEntry.Who other = new AuditEntry.Who("other", "boss", "::1", "c-1");
    assertThat(await(opened.erasures().order(OTHER, other, later)).endedAtMillis()).isNull();
  }

  @Test
  void anOrderWhoseAddressCannotBeOpenedKeepsNobodyWaiting() throws Exception {
    Erasure broken = await(opened.erasures().order(MAIL, WHO, later));
    engine().change(directory, "UPDATE erasures SET address = 'sealed:AVNCAQ=='");
    to(OTHER);
    to(MAIL);

    assertThat(erase(OTHER).endedAtMillis()).isNotNull();

    assertThat(await(opened.erasures().erasures(TENANT, Long.MAX_VALUE, 10))).hasSize(2);
    assertThat(finished(broken.id(), later + 60_000).endedAtMillis()).isNull();
    // Ordered once more it is known again.
    assertThat(await(opened.erasures().order(MAIL, WHO, later)).id()).isEqualTo(broken.id());
    Erasure done = finished(broken.id(), later + 120_000);
    assertThat(done.endedAtMillis()).isNotNull();
    assertThat(done.counts().notifications()).isEqualTo(1);
  }
}
