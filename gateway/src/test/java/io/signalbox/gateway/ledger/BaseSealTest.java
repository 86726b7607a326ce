package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.RequestKeyLedger.RequestKeyUse;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.vault.TestKeys;
import io.signalbox.spi.BookingChange;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every ledger must keep under a seal, and how it gets from one key to another. */
public abstract class BaseSealTest extends SuppressionContract {
  private static final long LATER = NOW + 1_000_000;
  private static final long LATER_THAN_ALL = System.currentTimeMillis() + 600_000;
  private static final AuditEntry.Who WHO = new AuditEntry.Who(TENANT, "boss", "::1", "c");
  private static final String SECRET = "whsec_first";
  private static final String BOOKED = "uid-of-somebody";
  private static final KeyedRequest REQUEST = new KeyedRequest(TENANT, "k", "f", 1);
  private static final KeptAnswer ANSWER =
      new KeptAnswer(201, Map.of(), Buffer.buffer("{\"to\":\"" + MAIL + "\"}"));

  /** Each look at the clock is half a minute later. */
  private final AtomicLong nanos = new AtomicLong();

  private String[] keys = {"a"};

  @Override
  protected Seal seal() {
    try {
      return keys.length == 0 ? Seal.NONE : TestKeys.seal(directory, keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void reopenWith(String... others) throws Exception {
    keys = others;
    reopen();
    await(resealing().begin());
  }

  private Resealing resealing() {
    return opened
        .whole()
        .resealing("the ledger", () -> nanos.addAndGet(Duration.ofSeconds(30).toNanos()));
  }

  /** One of each kind of what is sealed. */
  private NotificationId plant() throws Exception {
    await(resealing().begin());
    CallbackEndpoint endpoint =
        CallbackEndpoint.create(
            ids.next(),
            TENANT,
            CallbackContract.URL,
            null,
            CallbackContract.filters("io.signalbox.*"),
            CallbackContract.secret(SECRET, NOW),
            NOW);
    await(opened.callbacks().add(endpoint));
    await(opened.requestKeys().take(REQUEST, NOW, 0));
    await(opened.requestKeys().keep(REQUEST, ANSWER));
    list(Channel.SMS, PHONE);
    NotificationId sent = begun();
    settleSent(sent, 1, "m");
    record(sent, 1, ReceiptStatus.DELIVERED);
    await(
        opened
            .webhooks()
            .store(
                new WebhookBody(
                    "alpha",
                    NOW,
                    "POST",
                    "https://gateway.example/webhooks/alpha?to=" + MAIL,
                    "{\"x-to\":\"" + MAIL + "\"}",
                    Buffer.buffer("to=" + MAIL),
                    null,
                    List.of(receipt("e", null, "none", ReceiptStatus.SENT)),
                    Set.of(Channel.EMAIL, Channel.BOOKING),
                    List.of(booked("told-1"), booked("told-2")))));
    BookingInbox inbox = opened.whole().bookingInbox();
    await(inbox.processed(await(inbox.due(NOW, 1)).get(0).id()));
    return accept();
  }

  private static BookingChange booked(String event) {
    return new BookingChange(
        event,
        null,
        BOOKED,
        null,
        BookingState.ACCEPTED,
        null,
        null,
        "CREATED",
        "because of " + MAIL,
        Instant.ofEpochMilli(NOW));
  }

  private void isAllReadable(NotificationId queued) throws Exception {
    assertThat(due(LANE, NOW)).extracting(WorkItem::id).containsExactly(queued);
    assertThat(timeline(queued).content().toString()).contains(MAIL);
    CallbackEndpoint endpoint = await(opened.callbacks().all(TENANT)).get(0);
    assertThat(endpoint.secrets())
        .extracting(secret -> secret.value().reveal())
        .containsExactly(SECRET);
    List<Due> due =
        await(opened.callbackQueue().due(endpoint.id().key(), LATER, 10, Set.of())).due();
    assertThat(due).anySatisfy(one -> assertThat(one.content().toString()).contains(MAIL));
    assertThat(all()).extracting(entry -> entry.addressee().address()).containsExactly(PHONE);
    // A gateway that begins anew needs a moment to take the work over.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> await(opened.webhooks().unprocessed(10, Set.of())).webhooks().size() == 1);
    // So does what was told of bookings; one of the two has had its effect.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(await(opened.whole().bookingInbox().due(LATER, 10)))
                    .extracting(told -> told.change().uid())
                    .containsExactly(BOOKED));
    assertThat(await(opened.requestKeys().take(REQUEST, NOW, 0)))
        .isEqualTo(new RequestKeyUse.Answered(ANSWER));
    assertThat(await(ledger().accept(sms(false, List.of()))))
        .isInstanceOf(AcceptResult.Suppressed.class);
    assertThat(
            await(
                suppressions()
                    .suppressions(
                        new SuppressionFilter(TENANT, null, PHONE, null), Long.MAX_VALUE, 10)))
        .hasSize(1);
  }

  private boolean isAnywhere(String text) throws Exception {
    return !tablesWith(text).isEmpty();
  }

  private List<String> tablesWith(String text) throws Exception {
    List<String> found = new ArrayList<>();
    for (String table :
        List.of(
            "notifications",
            "webhook_bodies",
            "webhook_work",
            "booking_events",
            "events",
            "suppressions",
            "callback_secrets",
            "request_keys",
            "erasures",
            "recipient_key")) {
      for (String row : askStore("SELECT * FROM " + table)) {
        if (row.toLowerCase(Locale.ROOT).contains(text)) {
          found.add(table + ": " + row);
        }
      }
    }
    return found;
  }

  private void resealAll() throws Exception {
    Resealing resealing = resealing();
    String wanted = keys[0].equals("plain") ? "" : keys[0];
    // A gateway that begins anew needs a moment to take the work over.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              while (await(resealing.resealSome())) {
                // A page in each call.
              }
              return askStore("SELECT key_id FROM seal_keys").equals(List.of(wanted));
            });
  }

  @Test
  void nothingPersonalIsReadableInTheStoreAndAllOfItThroughTheLedger() throws Exception {
    NotificationId queued = plant();

    for (String text : List.of(MAIL, PHONE, SECRET, "hello", BOOKED)) {
      assertThat(tablesWith(text)).as(text).isEmpty();
    }
    isAllReadable(queued);
    reopen();
    isAllReadable(queued);
  }

  @Test
  void anotherKeyTakesOverAndTheOldOneMayGo() throws Exception {
    NotificationId queued = plant();
    Erasure ordered = await(opened.erasures().order("nobody@example.net", WHO, LATER));
    reopenWith("b", "a");
    isAllReadable(queued);

    resealAll();
    reopenWith("b");

    isAllReadable(queued);
    assertThat(isAnywhere(MAIL)).isFalse();
    erased(ordered, 2_000, found -> found.endedAtMillis() != null);
  }

  @Test
  void whatWasStoredBeforeThereWereKeysIsSealedToo() throws Exception {
    reopenWith();
    NotificationId queued = plant();
    assertThat(isAnywhere(MAIL)).isTrue();
    reopenWith("a");
    isAllReadable(queued);

    resealAll();

    for (String text : List.of(MAIL, PHONE, SECRET)) {
      assertThat(tablesWith(text)).as(text).isEmpty();
    }
    isAllReadable(queued);
    reopen();
    isAllReadable(queued);
  }

  @Test
  void theSealsAreTakenAwayAgainAndTheKeysMayGo() throws Exception {
    NotificationId queued = plant();
    reopenWith("plain", "a");

    resealAll();
    assertThat(isAnywhere(MAIL)).isTrue();
    assertThat(isAnywhere("sealed:")).isFalse();
    reopenWith();

    isAllReadable(queued);
  }

  @Test
  void aKeyThatAnotherGatewayUsesIsKept() throws Exception {
    reopenWith("a");
    resealAll();
    reopenWith("b", "a");
    Resealing here = resealing();
    // What a gateway with the former key does every now and then.
    for (int look = 0; look < 30; look++) {
      await(here.resealSome());
      engine().change(directory, "UPDATE seal_keys SET uses = uses + 1 WHERE key_id = 'a'");
    }
    assertThat(askStore("SELECT key_id FROM seal_keys ORDER BY key_id")).containsExactly("a", "b");

    resealAll();
  }

  @ParameterizedTest
  @CsvSource({
    "'b', the ledger is sealed with key a",
    "'', the ledger is sealed with key a",
    "'a=another', key a is not the key of that id"
  })
  void aLedgerWhoseKeyIsNotThereIsNotOpened(String ring, String message) throws Exception {
    await(resealing().begin());
    accept();
    keys = ring.isEmpty() ? new String[0] : ring.split(",");
    reopen();
    assertThatThrownBy(() -> await(resealing().begin()))
        .rootCause()
        .isInstanceOf(SealedException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("security.encryption_keys");
  }

  @Test
  void whatALostKeyHasSealedIsGivenUpAndAllElseGoesOn() throws Exception {
    plant();
    reopenWith("b", "a=lost");
    NotificationId fine = accept();

    assertThat(dueIds(LANE, NOW)).containsExactly(fine);
    list(Channel.SMS, "+4915155500077");
    resealAll();

    reopenWith("b");
    assertThat(dueIds(LANE, NOW)).containsExactly(fine);
    assertThat(all()).extracting(entry -> entry.addressee().address()).contains("+4915155500077");
  }

  @Test
  void whatWaitsForAMissingKeyComesAgainAndAllElseGoesOn() throws Exception {
    NotificationId waits = accept();
    NotificationId unconfirmed = begun();
    settle(unconfirmed, 1, sent("m"), new NextStep.Confirm(NOW, "sent"));
    // A ring that has changed while the gateway ran.
    keys = new String[] {"b"};
    reopen();
    NotificationId fine = accept();

    assertThat(dueIds(LANE, NOW)).containsExactly(fine);

    assertThat(state(waits)).isEqualTo(NotificationState.QUEUED);
    assertThat(state(unconfirmed)).isEqualTo(NotificationState.SENT);
    reopenWith("b", "a");
    assertThat(dueIds(LANE, NOW)).containsExactly(fine);
    assertThat(dueIds(LANE, NOW + 60_000)).containsExactlyInAnyOrder(waits, unconfirmed, fine);
  }

  @Test
  void anOrderWaitsForWhatCannotBeReadJustNow() throws Exception {
    NotificationId waits = accept();
    keys = new String[] {"b"};
    reopen();
    Erasure ordered = await(opened.erasures().order(MAIL, WHO, LATER_THAN_ALL));
    erased(ordered, 2_000, found -> found.counts().unreadable() == 1);
    assertThat(await(opened.erasures().erasure(TENANT, ordered.id())).orElseThrow().endedAtMillis())
        .isNull();

    reopenWith("b", "a");
    erased(ordered, 120_000, found -> found.endedAtMillis() != null);
    assertThat(state(waits)).isEqualTo(NotificationState.CANCELLED);
    assertThat(timeline(waits).content().length()).isZero();
  }

  @Test
  void theKeyOfHashesIsMadeAtTheStartAndProved() throws Exception {
    await(resealing().begin());
    assertThat(askStore("SELECT COUNT(*) FROM recipient_key")).containsExactly("1");
    engine().change(directory, "UPDATE recipient_key SET secret = 'sealed:AVNCAQ=='");
    reopen();
    assertThatThrownBy(() -> await(resealing().begin()))
        .rootCause()
        .isInstanceOf(SealedException.class)
        .hasMessageContaining("the key of its hashes");
  }

  /** Carries orders out until one has come so far. */
  private void erased(Erasure ordered, long afterMillis, Predicate<Erasure> enough)
      throws Exception {
    // A gateway that begins anew needs a moment to take the work over.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              while (await(opened.erasures().eraseSome(LATER_THAN_ALL + afterMillis))) {
                // A page in each call.
              }
              return enough.test(
                  await(opened.erasures().erasure(TENANT, ordered.id())).orElseThrow());
            });
  }

  @Test
  void anErasedRecipientIsForgottenUnderASealToo() throws Exception {
    list(Channel.EMAIL, MAIL);
    AcceptRequest request =
        request(notification(Channel.EMAIL, List.of(new Recipient.Email(MAIL)), List.of(), true));
    await(ledger().accept(request));
    Erasure ordered = await(opened.erasures().order(MAIL, WHO, LATER_THAN_ALL));
    erased(ordered, 2_000, found -> found.endedAtMillis() != null);

    assertThat(await(opened.erasures().erasure(TENANT, ordered.id())).orElseThrow().counts())
        .isEqualTo(new Erasure.Counts(1, 1, 0, 0, 0, 0, 0, 0, 1));
    assertThat(state(request.id())).isEqualTo(NotificationState.CANCELLED);
    assertThat(askStore("SELECT LENGTH(content) FROM notifications")).containsExactly("0");
    assertThat(askStore("SELECT COUNT(*) FROM suppressions WHERE sealed IS NOT NULL"))
        .containsExactly("0");
    assertThat(await(ledger().accept(request("again"))))
        .isInstanceOf(AcceptResult.Suppressed.class);
  }
}
