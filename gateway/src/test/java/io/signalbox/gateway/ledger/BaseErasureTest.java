package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.BookingInbox.ToldBooking;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.operation.OperationStories;
import io.signalbox.spi.BookingChange;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every ledger must forget of a recipient, and what it must not. */
public abstract class BaseErasureTest extends ErasureContract {

  @Test
  void whatIsFinishedIsEmptiedAndItsStoryStays() throws Exception {
    NotificationId sent = ended(MAIL.toUpperCase(Locale.ROOT), NotificationState.SENT);
    record(sent, 1, ReceiptStatus.DELIVERED);
    NotificationId failed = ended(MAIL, NotificationState.FAILED);
    NotificationId others = ended(OTHER, NotificationState.FAILED);

    Erasure done = erase(MAIL);

    assertThat(done.endedAtMillis()).isNotNull();
    assertThat(done.recipientHash()).startsWith("hmac:");
    assertThat(done.counts().notifications()).isEqualTo(2);
    assertThat(done.counts().cancelled()).isZero();
    assertThat(isAnywhere(MAIL)).isFalse();
    assertThat(isAnywhere(OTHER)).isTrue();
    Timeline told = timeline(sent);
    assertThat(told.state()).isEqualTo(NotificationState.DELIVERED);
    assertThat(told.content().length()).isZero();
    assertThat(told.attempts()).hasSize(1);
    assertThat(told.receipts()).hasSize(1);
    assertThat(told.events()).extracting(Timeline.Event::event).contains("erased");
    assertThat(timeline(failed).state()).isEqualTo(NotificationState.FAILED);
    assertThat(timeline(others).events())
        .extracting(Timeline.Event::event)
        .doesNotContain("erased");
    assertThat(await(opened.auditLog().auditTrail(10)))
        .filteredOn(line -> line.action().equals("recipient.erase"))
        .extracting(line -> line.outcome() + " " + line.target() + " " + line.who().actor())
        .containsExactly(
            "done " + done.recipientHash() + " boss", "asked " + done.recipientHash() + " boss");
  }

  @Test
  void anOperationForTheRecipientIsEmptiedWhenItHasEnded() throws Exception {
    OperationLedger operations = opened.whole().operations();
    Operation open = OperationStories.operation(TENANT, ids.next(), NOW);
    open.request().put("attendee", MAIL);
    await(operations.accept(open, "k", "d"));
    Erasure first = erase(MAIL);
    assertThat(first.counts().waiting()).isEqualTo(1);

    Operation trying = OperationStories.trying(open, "alpha", "");
    await(operations.write(open, trying, 0));
    OperationAttempt.End refused = OperationStories.end(OperationAttempt.How.REJECTED, 400);
    await(operations.write(trying, OperationStories.answered(trying, refused, null), 0));
    Erasure done = finished(first.id(), later + 60_000);

    assertThat(done.endedAtMillis()).isNotNull();
    assertThat(done.counts().notifications()).isEqualTo(1);
    assertThat(isAnywhere(MAIL)).isFalse();
    assertThat(await(operations.operation(TENANT, open.id()))).isEmpty();
    // Its key is free.
    Operation next = OperationStories.operation(TENANT, ids.next(), NOW);
    assertThat(await(operations.accept(next, "k", "d")).repeated()).isFalse();
  }

  @Test
  void whoeverHasReadAnOperationBeforeDoesNotWriteItBack() throws Exception {
    OperationLedger operations = opened.whole().operations();
    Operation open = OperationStories.operation(TENANT, ids.next(), NOW);
    open.request().put("attendee", MAIL);
    await(operations.accept(open, null, "d"));
    Operation trying = OperationStories.trying(open, "alpha", "");
    await(operations.write(open, trying, 0));
    OperationAttempt.End done = OperationStories.end(OperationAttempt.How.DONE, 200);
    Operation read = OperationStories.answered(trying, done, OperationStories.result("r1"));
    await(operations.write(trying, read, 0));
    finished(erase(MAIL).id(), later + 60_000);

    OperationResult code =
        new OperationResult("alpha", "r1", new JsonObject().put("to", MAIL), NOW + 1_000);
    assertThat(await(operations.amend(read, code, null, NOW)))
        .isEqualTo(OperationLedger.Written.OVERTAKEN);
    assertThat(await(operations.operation(TENANT, open.id()))).isEmpty();
  }

  @Test
  void whatWaitsIsCalledBackFirst() throws Exception {
    NotificationId queued = to(MAIL);
    NotificationId held = ended(MAIL, NotificationState.HELD);
    NotificationId dead = ended(MAIL, NotificationState.DEAD_LETTER);
    NotificationId unconfirmed = to(MAIL);
    await(ledger().begin(start(unconfirmed, 1)));
    settle(unconfirmed, 1, sent("m"), new NextStep.Confirm(NOW + 500, "sent"));

    Erasure done = erase(MAIL);

    assertThat(done.counts().notifications()).isEqualTo(4);
    assertThat(done.counts().cancelled()).isEqualTo(3);
    assertThat(state(queued)).isEqualTo(NotificationState.CANCELLED);
    assertThat(state(held)).isEqualTo(NotificationState.CANCELLED);
    assertThat(state(dead)).isEqualTo(NotificationState.FAILED);
    assertThat(state(unconfirmed)).isEqualTo(NotificationState.SENT);
    assertThat(dueIds(LANE, later)).isEmpty();
    assertThat(isAnywhere(MAIL)).isFalse();
  }

  @Test
  void whatIsUnderWayEndsFirstAndARestartGoesOn() throws Exception {
    NotificationId underWay = to(MAIL);
    await(ledger().begin(start(underWay, 1)));

    Erasure first = erase(MAIL);
    assertThat(first.endedAtMillis()).isNull();
    assertThat(isAnywhere(MAIL)).isTrue();
    assertThat(await(opened.erasures().order(MAIL, WHO, later)).id()).isEqualTo(first.id());
    settleSent(underWay, 1, "m");
    reopen();

    // A gateway that begins anew needs a moment to take the work over.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> finished(first.id(), later + 60_000).endedAtMillis() != null);
    Erasure done = finished(first.id(), later + 60_000);
    assertThat(done.counts().notifications()).isEqualTo(1);
    assertThat(done.counts().waiting()).isZero();
    assertThat(state(underWay)).isEqualTo(NotificationState.SENT);
    assertThat(isAnywhere(MAIL)).isFalse();
  }

  @Test
  void anOptOutOutlivesTheErasureAndARestart() throws Exception {
    list(Channel.EMAIL, MAIL);

    Erasure done = erase(MAIL);

    assertThat(done.counts().suppressions()).isEqualTo(1);
    assertThat(isAnywhere(MAIL)).isFalse();
    for (int run = 0; run < 2; run++) {
      AcceptRequest again =
          request(
              notification(Channel.EMAIL, List.of(new Recipient.Email(MAIL)), List.of(), false));
      assertThat(await(ledger().accept(again))).isInstanceOf(AcceptResult.Suppressed.class);
      assertThat(
              await(
                  suppressions()
                      .suppressions(
                          new SuppressionFilter(TENANT, null, MAIL, null), Long.MAX_VALUE, 10)))
          .extracting(entry -> entry.addressee().address())
          .containsExactly(done.recipientHash());
      reopen();
    }
    Suppression entry = all().get(0);
    assertThat(await(suppressions().unsuppress(TENANT, entry.id(), "boss", NOW))).isTrue();
    assertThat(await(ledger().accept(request("after")))).isInstanceOf(AcceptResult.Stored.class);
    assertThat(list(Channel.EMAIL, MAIL).added()).isTrue();
    assertThat(all()).hasSize(1);
  }

  @Test
  void rawWebhooksAndEventsThatNameItGo() throws Exception {
    await(
        opened
            .callbacks()
            .add(
                CallbackEndpoint.create(
                    ids.next(),
                    TENANT,
                    CallbackContract.URL,
                    null,
                    CallbackContract.filters("io.signalbox.*"),
                    CallbackContract.secret("whsec_first", NOW),
                    NOW)));
    NotificationId sent = ended(MAIL, NotificationState.SENT);
    record(sent, 1, ReceiptStatus.DELIVERED);
    // Some providers put the recipient into their ids.
    record("alpha", receipt(MAIL, new AttemptId(sent, 1), null, ReceiptStatus.OPENED));
    answered(new KeyedRequest(TENANT, "one", "f", 1), "{\"recipient\":\"" + MAIL + "\"}");
    answered(new KeyedRequest(TENANT, "for " + MAIL, "f", 2), "{}");
    answered(new KeyedRequest(TENANT, "two", "f", 3), "{\"recipient\":\"" + OTHER + "\"}");
    for (String body :
        List.of("to=someone%40example.org&x=1", "{\"to\":\"" + MAIL + "\"}", "{\"to\":\"x\"}")) {
      await(opened.webhooks().store(webhook(body)));
    }

    Erasure done = erase(MAIL);

    assertThat(done.counts().webhooks()).isEqualTo(2);
    assertThat(done.counts().answers()).isEqualTo(2);
    assertThat(askStore("SELECT key FROM request_keys")).containsExactly("two");
    assertThat(done.counts().events()).isPositive();
    assertThat(isAnywhere(MAIL)).isFalse();
    assertThat(askStore("SELECT COUNT(*) FROM webhook_bodies")).containsExactly("3");
    assertThat(isAnywhere("to=[erased " + done.id() + "]&x=1")).isTrue();
  }

  @Test
  void whatWasToldOfABookingIsForgottenOnceItHasHadItsEffect() throws Exception {
    await(
        opened
            .webhooks()
            .store(
                new WebhookBody(
                    "cal",
                    NOW,
                    "POST",
                    "https://gateway.example/webhooks/cal",
                    "{}",
                    Buffer.buffer("for " + MAIL),
                    null,
                    List.of(),
                    Set.of(Channel.BOOKING),
                    List.of(booked("e1:" + MAIL, "b1"), booked("e2", "b2"), booked("e3", MAIL)))));
    BookingInbox inbox = opened.whole().bookingInbox();

    Erasure waiting = erase(MAIL);

    assertThat(waiting.endedAtMillis()).isNull();
    assertThat(waiting.counts().waiting()).isEqualTo(2);
    for (ToldBooking told : await(inbox.due(later, 10))) {
      if (!told.change().eventId().equals("e2")) {
        await(inbox.processed(told.id()));
      }
    }
    Erasure done = finished(waiting.id(), later + 60_000);
    assertThat(done.endedAtMillis()).isNotNull();
    assertThat(isAnywhere(MAIL)).isFalse();
    assertThat(await(inbox.due(later, 10)))
        .extracting(told -> told.change().uid())
        .containsExactly("b2");
  }

  private static BookingChange booked(String event, String uid) {
    return new BookingChange(
        event,
        null,
        uid,
        null,
        BookingState.ACCEPTED,
        null,
        null,
        "CREATED",
        "because of " + MAIL,
        Instant.ofEpochMilli(NOW));
  }

  private void answered(KeyedRequest request, String body) throws Exception {
    await(opened.requestKeys().take(request, NOW, 0));
    await(opened.requestKeys().keep(request, new KeptAnswer(200, Map.of(), Buffer.buffer(body))));
  }

  @Test
  void anotherTenantsAreNotTouched() throws Exception {
    AcceptRequest other = request("other", "hello", null, NOW);
    await(ledger().accept(other));

    Erasure done = erase("someone@example.org");

    assertThat(done.counts().notifications()).isZero();
    assertThat(await(opened.erasures().erasure("other", done.id()))).isEmpty();
    assertThat(await(opened.erasures().erasures("other", Long.MAX_VALUE, 10))).isEmpty();
    assertThat(await(opened.erasures().erasures(TENANT, Long.MAX_VALUE, 10))).containsExactly(done);
    assertThat(await(reports().timeline("other", other.id())).orElseThrow().state())
        .isEqualTo(NotificationState.QUEUED);
  }

  @Test
  void suppressionsOfOthersStayAsTheyAre() throws Exception {
    await(
        suppressions()
            .suppress(List.of(wish(Channel.EMAIL, OTHER, SuppressionReason.MANUAL)), NOW));

    erase(MAIL);

    assertThat(all()).extracting(entry -> entry.addressee().address()).containsExactly(OTHER);
  }
}
