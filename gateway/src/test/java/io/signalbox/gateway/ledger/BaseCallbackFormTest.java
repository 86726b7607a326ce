package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.CallbackQueue.Batch;
import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.vault.TestKeys;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Secret;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every ledger keeps endpoints of providers' formats, and those of messages that say where. */
public abstract class BaseCallbackFormTest extends CallbackContract {
  private static final String KEY = "aaaaaaaaaaaa";
  private static final AuditEntry LINE =
      new AuditEntry(
          NOW + 5, new Who(TENANT, "alex", "::1", "c"), "api_key", "k", null, null, "done", "");

  private String[] keys = {};

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
  }

  private static boolean isKeyText(Secret text) {
    return text.reveal().startsWith("sbx_");
  }

  private CallbackEndpoint of(CallbackForm form, String url, String secret) {
    return of(form, url, secret, NOW);
  }

  private CallbackEndpoint of(CallbackForm form, String url, String secret, long now) {
    return CallbackEndpoint.create(
        ids.next(), TENANT, url, form, null, List.of(EventFilter.ALL), secret(secret, now), now);
  }

  private CallbackEndpoint perMessage(String secret) {
    return of(new CallbackForm(CallbackFormat.MAILGUN, null, KEY), "", secret);
  }

  private CallbackEndpoint ensured(String secret) throws Exception {
    return await(
            callbacks().ensure(perMessage(secret), BaseCallbackFormTest::isKeyText, NOW + 1_000))
        .orElseThrow();
  }

  /** What a request with a key brings about. */
  private Optional<CallbackEndpoint> asked(String key, String text, long now) throws Exception {
    CallbackEndpoint wish = of(new CallbackForm(CallbackFormat.TWILIO, null, key), "", text, now);
    return await(callbacks().ensure(wish, BaseCallbackFormTest::isKeyText, now + 1_000));
  }

  private void addKey(@Nullable Long expiresAt) throws Exception {
    addKey(KEY, expiresAt);
  }

  private void addKey(String id, @Nullable Long expiresAt) throws Exception {
    ApiKey key =
        new ApiKey(
            id,
            TENANT,
            "shop",
            List.of("sender"),
            List.of(),
            ApiKey.Quota.NONE,
            "hash",
            null,
            NOW,
            "alex",
            null,
            expiresAt,
            null);
    assertThat(await(opened.apiKeys().addApiKey(key, LINE))).isTrue();
  }

  /** A notification that is delivered, and tied to an endpoint if one is named. */
  private NotificationId delivered(@Nullable CallbackEndpoint tied) throws Exception {
    SendNotification notification =
        StoredForm.notification(TENANT, "greeting", Channel.EMAIL, "hello", Priority.NORMAL, null);
    JsonObject content = new StoredForm().write(notification).toJsonObject();
    if (tied != null) {
      JsonObject memo = new JsonObject();
      CallbackLink.put(memo, tied.id().toString());
      content.put("compat", memo);
    }
    AcceptRequest request =
        new AcceptRequest(
            ids.next(),
            notification,
            content.toBuffer(),
            NotificationState.QUEUED,
            NOW,
            NOW,
            "tester");
    await(ledger().accept(request));
    await(ledger().begin(start(request.id(), 1)));
    settleSent(request.id(), 1, "m-" + request.id());
    record(request.id(), 1, ReceiptStatus.DELIVERED);
    return request.id();
  }

  private Batch batch(CallbackEndpoint endpoint, long now) throws Exception {
    return await(queue().due(endpoint.id().key(), now, 100, Set.of()));
  }

  @Test
  void aFormIsWhatWasAddedAndItsMethodCanBeChanged() throws Exception {
    CallbackForm form = CallbackForm.of(CallbackFormat.VONAGE).signedBy("md5");
    CallbackEndpoint added = of(form, URL, "a secret");
    assertThat(await(callbacks().add(added))).isTrue();
    reopen();

    assertThat(await(callbacks().find(TENANT, added.id()))).contains(added);
    CallbackPatch patch = new CallbackPatch(null, null, null, "sha512", null);
    await(callbacks().change(TENANT, added.id(), patch, NOW + 1));
    assertThat(await(callbacks().find(TENANT, added.id())).map(CallbackEndpoint::form))
        .contains(form.signedBy("sha512"));
    CallbackPatch none = new CallbackPatch(null, null, null, "", null);
    await(callbacks().change(TENANT, added.id(), none, NOW + 1));
    assertThat(await(callbacks().find(TENANT, added.id())).map(CallbackEndpoint::form))
        .contains(form.signedBy(null));
  }

  @Test
  void aProvidersFormatHearsOfItsChannelsAndOfWhatItHasWordsFor() throws Exception {
    CallbackEndpoint mail = of(CallbackForm.of(CallbackFormat.SENDGRID), URL, "one");
    CallbackEndpoint sms = of(CallbackForm.of(CallbackFormat.TWILIO), URL, "two");
    await(callbacks().add(mail));
    await(callbacks().add(sms));
    delivered(null);

    assertThat(types(due(mail))).containsExactly("notification.sent", "notification.delivered");
    assertThat(due(sms)).isEmpty();
  }

  @Test
  void whatIsDueComesWithItsNotification() throws Exception {
    CallbackEndpoint mail = of(CallbackForm.of(CallbackFormat.SENDGRID), URL, "one");
    CallbackEndpoint events = add(TENANT, "io.signalbox.*");
    await(callbacks().add(mail));
    delivered(null);

    Due told = due(mail).get(0);
    assertThat(told.subject()).isNotNull();
    assertThat(told.subject().state()).isEqualTo(NotificationState.DELIVERED);
    assertThat(told.subject().attempts()).isEqualTo(1);
    assertThat(told.subject().content().toJsonObject().getString("message")).isEqualTo("hello");
    assertThat(due(events)).extracting(Due::subject).containsOnlyNulls();
  }

  @Test
  void whatWaitsForAMissingKeyKeepsNothingElseWaiting() throws Exception {
    reopenWith("a");
    NotificationId waits = begun();
    NotificationId waitsToo = begun();
    // A ring that has changed while the gateway ran.
    reopenWith("b");
    CallbackEndpoint mail = of(CallbackForm.of(CallbackFormat.SENDGRID), URL, "one");
    await(callbacks().add(mail));
    settleSent(waits, 1, "m-1");
    settleSent(waitsToo, 1, "m-2");
    NotificationId fine = delivered(null);

    List<Due> found = await(queue().due(mail.id().key(), NOW + 100, 2, Set.of())).due();
    assertThat(found)
        .hasSize(2)
        .allMatch(due -> due.content().toString().contains(fine.toString()));
    reopenWith("b", "a");
    assertThat(due(mail)).hasSize(4);
  }

  @Test
  void onlyWhatIsTiedToAnEndpointOfMessagesMakesItDue() throws Exception {
    addKey(null);
    CallbackEndpoint tied = ensured("sbx_first");
    delivered(null);
    assertThat(due(tied)).isEmpty();
    delivered(of(new CallbackForm(CallbackFormat.MAILGUN, null, "b"), "", "sbx_b"));
    assertThat(due(tied)).isEmpty();

    delivered(tied);
    assertThat(types(due(tied))).containsExactly("notification.sent", "notification.delivered");
  }

  @Test
  void thereIsOneForEachKeyAndFormat() throws Exception {
    addKey(null);
    CallbackEndpoint first = ensured("sbx_first");

    assertThat(ensured("sbx_first")).isEqualTo(first);
    CallbackEndpoint twilio =
        of(new CallbackForm(CallbackFormat.TWILIO, null, KEY), "", "sbx_first");
    assertThat(await(callbacks().ensure(twilio, BaseCallbackFormTest::isKeyText, NOW)))
        .contains(twilio);
    assertThat(await(callbacks().all(TENANT))).containsExactly(first, twilio);
    reopen();
    assertThat(ensured("sbx_first")).isEqualTo(first);
  }

  @Test
  void anotherTextOfTheKeySignsFromThenOnAndTheOneBeforeDoesNotComeBack() throws Exception {
    addKey(null);
    ensured("sbx_first");
    CallbackEndpoint second = ensured("sbx_second");

    assertThat(second.secrets())
        .extracting(each -> each.value().reveal())
        .containsExactly("sbx_second", "sbx_first");
    assertThat(ensured("sbx_first")).isEqualTo(second);
    assertThat(ensured("sbx_second")).isEqualTo(second);
  }

  @Test
  void aSecretOfItsOwnStays() throws Exception {
    addKey(null);
    CallbackEndpoint made = ensured("sbx_first");
    CallbackSecret own = secret("signature secret", NOW + 1);
    await(callbacks().rotate(TENANT, made.id(), own, NOW + 1));

    assertThat(ensured("sbx_second").secrets().get(0)).isEqualTo(own);
  }

  @Test
  void aTenantHasABoundedNumberOfThemBesideTheOthers() throws Exception {
    for (int i = 0; i < CallbackLedger.MAX_PER_MESSAGE; i++) {
      addKey("key" + i, NOW + 1_000);
      assertThat(asked("key" + i, "sbx_" + i, NOW)).isPresent();
    }
    addKey("another", null);
    assertThat(asked("another", "sbx_x", NOW + 999)).isEmpty();
    add(TENANT, "io.signalbox.*");

    assertThat(asked("another", "sbx_x", NOW + 1_000)).isPresent();
    assertThat(await(callbacks().all(TENANT))).hasSize(2);
    assertThat(askStore("SELECT secret FROM callback_secrets")).hasSize(2);
  }

  @Test
  void theTextOfAKeyDoesNotComeBackOnceItHasEnded() throws Exception {
    addKey(NOW + 1_000);
    assertThat(asked(KEY, "sbx_first", NOW)).isPresent();
    assertThat(asked(KEY, "sbx_second", NOW + 1_000)).isEmpty();
    assertThat(askStore("SELECT secret FROM callback_secrets")).isEmpty();

    addKey("taken", null);
    await(opened.apiKeys().removeApiKey(TENANT, "taken", LINE));
    assertThat(asked("taken", "sbx_taken", NOW)).isEmpty();
    assertThat(await(callbacks().all(TENANT))).isEmpty();
    assertThat(askStore("SELECT secret FROM callback_secrets")).isEmpty();
  }

  @Test
  void allOfThemAreRemovedWithTheTextsOfTheirKeysAndNoOthers() throws Exception {
    addKey(null);
    CallbackEndpoint tied = ensured("sbx_first");
    CallbackEndpoint other = add(TENANT, "io.signalbox.*");
    delivered(tied);

    assertThat(await(callbacks().removePerMessage(NOW))).isEqualTo(1);
    assertThat(await(callbacks().removePerMessage(NOW))).isZero();
    assertThat(await(callbacks().all(TENANT))).containsExactly(other);
    assertThat(askStore("SELECT secret FROM callback_secrets")).hasSize(1);
    assertThat(batch(tied, NOW + 100)).isEqualTo(new Batch(null, List.of()));
  }

  @Test
  void nothingIsToldOnceTheKeyIsTakenBack() throws Exception {
    addKey(null);
    CallbackEndpoint tied = ensured("sbx_first");
    delivered(tied);
    assertThat(due(tied)).hasSize(2);
    await(opened.apiKeys().removeApiKey(TENANT, KEY, LINE));

    assertThat(await(callbacks().all(TENANT))).isEmpty();
    assertThat(batch(tied, NOW + 100)).isEqualTo(new Batch(null, List.of()));
    assertThat(askStore("SELECT secret FROM callback_secrets")).isEmpty();
    delivered(tied);
    assertThat(await(queue().enabled(NOW + 100)).endpoints()).isEmpty();
  }

  @Test
  void nothingIsToldOnceTheKeyHasEnded() throws Exception {
    addKey(NOW + 1_000);
    CallbackEndpoint tied = ensured("sbx_first");
    delivered(tied);

    assertThat(batch(tied, NOW + 999).due()).hasSize(2);
    assertThat(batch(tied, NOW + 1_000)).isEqualTo(new Batch(null, List.of()));
    assertThat(await(queue().enabled(NOW + 999)).endpoints()).containsExactly(tied);
    assertThat(await(queue().enabled(NOW + 1_000)).endpoints()).isEmpty();
  }

  @Test
  void aFormatThatIsNotKnownStopsNobodyElse() throws Exception {
    CallbackEndpoint unknown = of(CallbackForm.of(CallbackFormat.RESEND), URL, "one");
    CallbackEndpoint mail = of(CallbackForm.of(CallbackFormat.SENDGRID), URL, "two");
    await(callbacks().add(unknown));
    await(callbacks().add(mail));
    engine()
        .change(
            directory, "UPDATE callbacks SET format = 'pigeon' WHERE id = " + unknown.id().key());
    reopen();

    delivered(null);
    assertThat(types(due(mail))).containsExactly("notification.sent", "notification.delivered");
    assertThat(await(queue().enabled(NOW + 100)).endpoints()).containsExactly(mail);
    assertThat(batch(unknown, NOW + 100)).isEqualTo(new Batch(null, List.of()));
    assertThat(await(callbacks().all(TENANT))).containsExactly(mail);
    add(TENANT, "io.signalbox.*");
  }

  @Test
  void theAddressOfOneMessageDisablesNothing() throws Exception {
    addKey(null);
    CallbackEndpoint tied = ensured("sbx_first");
    delivered(tied);
    List<Due> due = due(tied);
    fail(tied, due.get(0), 1, NOW + 100);
    assertThat(fail(tied, due.get(0), 2, NOW + 200 + DISABLE_AFTER)).isEmpty();
    assertThat(await(queue().record(List.of(gone(tied, due.get(1), "")), LIMITS))).isEmpty();

    CallbackEndpoint found = await(callbacks().find(TENANT, tied.id())).orElseThrow();
    assertThat(found.enabled()).isTrue();
    assertThat(found.failingSinceMillis()).isZero();
  }

  @Test
  void whatIsSkippedIsNoFailureOfTheEndpoint() throws Exception {
    CallbackEndpoint mail = of(CallbackForm.of(CallbackFormat.RESEND), URL, "one");
    await(callbacks().add(mail));
    attemptOfLast = new AttemptId(delivered((CallbackEndpoint) null), 1);
    Due first = due(mail).get(0);
    await(
        queue()
            .record(List.of(result(mail, first, DeliveryState.SKIPPED, NOW + 100, null)), LIMITS));

    assertThat(due(mail)).hasSize(1);
    assertThat(await(callbacks().find(TENANT, mail.id())))
        .map(CallbackEndpoint::failingSinceMillis)
        .contains(0L);
    assertThat(await(callbacks().deliveries(mail.id(), DeliveryState.SKIPPED, ALL, 10))).hasSize(1);
  }
}
