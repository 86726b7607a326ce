package io.signalbox.gateway.callback;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.callback.Receiver.Received;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.hooks.Verifiers;
import io.signalbox.gateway.compat.hooks.Verifiers.Hook;
import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.CallbackDelivery;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackLink;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.Secret;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Messages that name an address hear there what became of them, in the words of the API that they
 * came by, whoever delivered them: over real sockets, from a real ledger.
 */
class MessageCallbackTest extends CallbackRun {
  private static final String KEY_ID = "aaaaaaaaaaaa";
  private static final String KEY_TEXT = "sbx_aaaaaaaaaaaa_" + "k".repeat(43);
  private static final MessageCallbacks.Key KEY =
      new MessageCallbacks.Key(KEY_ID, new Secret(KEY_TEXT));
  private static final String ACCOUNT = "AC00000000000000000000000000000000";

  private AuditEntry line() {
    return new AuditEntry(
        clock.millis(),
        new Who(TENANT, "alex", "::1", "c"),
        "api_key",
        KEY_ID,
        null,
        null,
        "done",
        "");
  }

  private String ensured() throws Exception {
    ApiKey key =
        new ApiKey(
            KEY_ID,
            TENANT,
            "shop",
            List.of("sender"),
            List.of(),
            ApiKey.Quota.NONE,
            "hash",
            null,
            clock.millis(),
            "alex",
            null,
            null,
            null);
    done(ledger.apiKeys().addApiKey(key, line()));
    MessageCallbacks callbacks = new MessageCallbacks(endpoints, config, clock);
    assertThat(callbacks.problem(url(receiver, "/cb#rc=1"), KEY)).isEmpty();
    return done(callbacks.endpoint(TENANT, CallbackFormat.TWILIO, KEY)).orElseThrow();
  }

  private CallbackEndpoint endpoint(String id) throws Exception {
    return done(endpoints.find(TENANT, id));
  }

  /** Takes a message for an address all the way to "sent", by a provider that is not Twilio. */
  private NotificationId sent(String endpoint, String address) throws Exception {
    DialectMemo memo =
        new DialectMemo("twilio", ACCOUNT, "+15017250604", address, Map.of(), List.of());
    JsonObject tied = memo.toJson();
    CallbackLink.put(tied, endpoint);
    SendNotification notification =
        StoredForm.notification(TENANT, "sms", Channel.SMS, "hello", Priority.NORMAL, null);
    JsonObject content =
        new StoredForm()
            .write(notification)
            .toJsonObject()
            .put("to", new JsonArray().add("+15558675310"))
            .put(DialectMemo.FIELD, tied);
    NotificationId id = new NotificationIds(clock, 1).next();
    long now = clock.millis();
    done(
        ledger.accept(
            new AcceptRequest(
                id,
                notification,
                content.toBuffer(),
                NotificationState.QUEUED,
                now,
                now,
                "tester")));
    done(
        ledger.begin(
            new AttemptStart(
                new AttemptId(id, 1),
                0,
                Channel.SMS,
                "vonage-eu",
                1,
                new Decision(
                    new RankingSnapshot(42, "{\"candidates\":[]}"), "best_score", List.of()),
                now,
                now + 60_000,
                false,
                new Recipient.Phone("+15558675310"),
                false)));
    Outcome outcome = new Outcome.Sent("m-" + id, Evidence.answered(200, null, null));
    NextStep end = new NextStep.Finish(NotificationState.SENT, "sent");
    done(ledger.settle(new Settlement(new AttemptId(id, 1), outcome, now, 5, end)));
    return id;
  }

  private Hook hook(Received one) {
    Map<String, String> headers = new HashMap<>();
    one.headers().forEach((name, values) -> headers.put(name, values.get(0)));
    return new Hook(url(receiver, one.uri()), headers, one.body());
  }

  @Test
  void aMessageIsToldOfAtTheAddressThatItNames() throws Exception {
    NotificationId id = sent(ensured(), url(receiver, "/cb?x=1#rc=5"));

    Received one = received(1).get(0);
    assertThat(one.uri()).isEqualTo("/cb?x=1");
    assertThat(Verifiers.twilio(hook(one), KEY_TEXT)).isTrue();
    assertThat(Verifiers.form(one.body()))
        .containsEntry("MessageSid", "SM" + DialectIds.hex(id))
        .containsEntry("MessageStatus", "sent")
        .containsEntry("AccountSid", ACCOUNT)
        .containsEntry("From", "+15017250604")
        .containsEntry("To", "+15558675310");
  }

  @Test
  void whatFailsIsToldAgainUnderTheSameToken() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    receiver.answers(r -> Receiver.status(r, calls.incrementAndGet() < 3 ? 503 : 204));
    String endpoint = ensured();
    sent(endpoint, url(receiver, "/cb"));

    assertThat(received(3))
        .allMatch(one -> Verifiers.twilio(hook(one), KEY_TEXT))
        .extracting(one -> one.header("I-Twilio-Idempotency-Token"))
        .containsOnly(received(1).get(0).header("I-Twilio-Idempotency-Token"));
    assertThat(logged(endpoint(endpoint), DeliveryState.DELIVERED).attempts()).isEqualTo(3);
  }

  @Test
  void aDeadAddressOfOneMessageHoldsUpAndDisablesNoOther() throws Exception {
    Map<String, String> settings = new HashMap<>(LOOPBACK);
    settings.put("callbacks.retry_delays", "50ms");
    settings.put("callbacks.timeout", "2s");
    restart(settings, http());
    Receiver dead = Receiver.start(vertx);
    dead.answers(request -> {});
    String endpoint = ensured();
    for (int i = 0; i < 6; i++) {
      sent(endpoint, url(dead, "/cb"));
    }
    await().until(() -> !dead.received().isEmpty());
    sent(endpoint, url(receiver, "/cb"));

    received(1);
    await("the dead ones are given up")
        .until(
            () ->
                log(endpoint(endpoint)).stream()
                        .filter(each -> each.state() == DeliveryState.FAILED)
                        .count()
                    == 6);
    assertThat(log(endpoint(endpoint)))
        .extracting(CallbackDelivery::error)
        .contains("timeout")
        .doesNotContain("host_silent");
    // Each was tried twice, whoever else asked the same place; the least that noise leaves of it.
    assertThat(dead.received()).hasSizeGreaterThan(9);
    assertThat(endpoint(endpoint).enabled()).isTrue();
    assertThat(endpoint(endpoint).failingSinceMillis()).isZero();
  }

  @Test
  void anAddressInsideIsNotCalledWhateverStandsInTheMessage() throws Exception {
    String endpoint = ensured();
    sent(endpoint, "http://10.0.0.1/cb");

    assertThat(logged(endpoint(endpoint), DeliveryState.FAILED).error())
        .isEqualTo("address_not_allowed");
  }

  @Test
  void nothingIsToldOnceTheKeyIsTakenBack() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    receiver.answers(
        r -> {
          calls.incrementAndGet();
          Receiver.status(r, 500);
        });
    String endpoint = ensured();
    sent(endpoint, url(receiver, "/cb"));
    received(1);
    done(ledger.apiKeys().removeApiKey(TENANT, KEY_ID, line()));

    assertThat(done(endpoints.all(TENANT))).isEmpty();
    // Told at once to another one: whatever the taken-back key's had to say would come before.
    CallbackEndpoint other = add("/other");
    test(other);
    await().until(() -> receiver.received().stream().anyMatch(one -> one.uri().equals("/other")));
    assertThat(done(ledger.callbackQueue().enabled(clock.millis())).endpoints())
        .extracting(CallbackEndpoint::id)
        .containsExactly(other.id());
  }

  @Test
  void requestsAreToldWhatCannotBeCalled() throws Exception {
    MessageCallbacks callbacks = new MessageCallbacks(endpoints, config, clock);
    assertThat(callbacks.problem("http://127.0.0.1/cb", null).orElseThrow())
        .contains("API key alone");
    assertThat(callbacks.problem("ftp://127.0.0.1/cb", KEY)).isPresent();
    assertThat(callbacks.problem("http://10.0.0.1/cb", KEY).orElseThrow()).contains("private");

    Map<String, String> settings = new HashMap<>(LOOPBACK);
    settings.put("callbacks.per_message", "sealed");
    restart(settings, http());
    assertThat(
            new MessageCallbacks(endpoints, config, clock)
                .problem("http://127.0.0.1/cb", KEY)
                .orElseThrow())
        .contains("sealed");
    settings.put("callbacks.per_message", "off");
    restart(settings, http());
    assertThat(
            new MessageCallbacks(endpoints, config, clock)
                .problem("http://127.0.0.1/cb", KEY)
                .orElseThrow())
        .contains("off");
  }
}
