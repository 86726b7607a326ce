package io.signalbox.gateway.compat.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.hooks.Verifiers.Hook;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackQueue.Subject;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.CloudEventJson;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Secret;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events are told as providers tell theirs, and applications take them for the providers' own. */
class HooksTest {
  private static final String URL = "https://app.example.com/cb?x=1&y=a%20b";
  private static final Instant AT = Instant.parse("2026-01-01T00:00:03Z");
  private static final NotificationId ID =
      NotificationId.parse("019b76da-a800-7000-8000-0123456789ab").orElseThrow();
  private static final String TEXT_SECRET = "0123456789abcdef0123456789abcdef";

  private static final DialectMemo MAIL =
      new DialectMemo(
          "mailgun",
          "mg.example.com",
          "Orders <orders@example.com>",
          null,
          Map.of("mid", "m-0001", "email", "not this"),
          List.of("welcome"));
  private static final DialectMemo SMS =
      new DialectMemo(
          "twilio",
          "AC00000000000000000000000000000000",
          "+15017250604",
          "https://app.example.com/message#rc=5",
          Map.of("client-ref", "m-0001"),
          List.of());

  private static NotificationEvent event(String type, Channel channel, ReasonClass reason) {
    return new NotificationEvent(
        "evt_Zm9v",
        "io.signalbox." + type,
        "default",
        null,
        ID.toString(),
        ID + "-1",
        "alpha",
        "m1",
        channel,
        type.substring(type.indexOf('.') + 1),
        reason,
        "5.1.1",
        "550 5.1.1 no such user",
        channel == Channel.EMAIL ? "alex@example.com" : "+15558675310",
        AT,
        AT);
  }

  private static Due due(NotificationEvent event, @Nullable Subject subject) {
    return new Due(1, event.id(), CloudEventJson.write(event), 0, 0, subject);
  }

  private static Subject subject(DialectMemo memo, NotificationState state, int attempts) {
    Buffer content =
        new JsonObject().put("title", "Hello").put(DialectMemo.FIELD, memo.toJson()).toBuffer();
    return new Subject(content, state, attempts);
  }

  private static Optional<Hook> told(
      CallbackFormat format, NotificationEvent event, @Nullable Subject subject, String secret) {
    return told(format, event, subject, secret, null);
  }

  private static Optional<Hook> told(
      CallbackFormat format,
      NotificationEvent event,
      @Nullable Subject subject,
      String secret,
      @Nullable String method) {
    CallbackSecret signing = new CallbackSecret(new Secret(secret), 0, Long.MAX_VALUE);
    HookTarget target = new HookTarget(URL, List.of(signing), method, AT.plusSeconds(60));
    return Hooks.request(format, due(event, subject), target)
        .map(
            request -> {
              Map<String, String> headers = new HashMap<>(request.headers());
              headers.put("content-type", request.mediaType());
              return new Hook(URL, headers, request.body().toString());
            });
  }

  private static Hook mail(CallbackFormat format, String type, ReasonClass reason, String secret) {
    return told(
            format,
            event(type, Channel.EMAIL, reason),
            subject(MAIL, NotificationState.SENT, 1),
            secret)
        .orElseThrow();
  }

  @Test
  void sendGridsEventsAreAnArraySignedByTheShownKey() {
    Secret pair = EcdsaKey.newSecret(new SecureRandom());
    Hook hook =
        mail(
            CallbackFormat.SENDGRID, "notification.failed", ReasonClass.HARD_BOUNCE, pair.reveal());

    assertThat(Verifiers.sendGrid(hook, EcdsaKey.publicKey(pair))).isTrue();
    assertThat(
            Verifiers.sendGrid(
                new Hook(URL, hook.headers(), hook.body() + " "), EcdsaKey.publicKey(pair)))
        .isFalse();
    JsonObject event = new JsonArray(hook.body()).getJsonObject(0);
    assertThat(event.getString("event")).isEqualTo("bounce");
    assertThat(event.getString("type")).isEqualTo("bounce");
    assertThat(event.getString("status")).isEqualTo("5.1.1");
    assertThat(event.getString("reason")).isEqualTo("550 5.1.1 no such user");
    assertThat(event.getString("email")).isEqualTo("alex@example.com");
    assertThat(event.getString("mid")).isEqualTo("m-0001");
    assertThat(event.getJsonArray("category")).containsExactly("welcome");
    assertThat(event.getLong("timestamp")).isEqualTo(AT.getEpochSecond());
    assertThat(event.getString("sg_event_id")).isEqualTo("evt_Zm9v");
    assertThat(event.getString("sg_message_id")).startsWith(DialectIds.base64(ID) + '.');
  }

  @Test
  void mailgunsEventsHaveTheirSignatureInTheBody() {
    Hook hook = mail(CallbackFormat.MAILGUN, "receipt.deferred", ReasonClass.NONE, TEXT_SECRET);

    assertThat(Verifiers.mailgun(hook, TEXT_SECRET)).isTrue();
    JsonObject data = new JsonObject(hook.body()).getJsonObject("event-data");
    assertThat(data.getString("event")).isEqualTo("failed");
    assertThat(data.getString("severity")).isEqualTo("temporary");
    assertThat(data.getString("recipient")).isEqualTo("alex@example.com");
    assertThat(data.getString("recipient-domain")).isEqualTo("example.com");
    assertThat(data.getJsonArray("tags")).containsExactly("welcome");
    assertThat(data.getJsonObject("user-variables").getString("mid")).isEqualTo("m-0001");
    JsonObject headers = data.getJsonObject("message").getJsonObject("headers");
    assertThat(headers.getString("subject")).isEqualTo("Hello");
    assertThat(headers.getString("message-id")).isEqualTo(DialectIds.hex(ID) + "@mg.example.com");
    assertThat(data.getJsonObject("delivery-status").getInteger("code")).isEqualTo(550);
  }

  @Test
  void postmarksRecordsComeWithTheGivenPassword() {
    Hook hook =
        mail(CallbackFormat.POSTMARK, "notification.delivered", ReasonClass.NONE, "hook:p4ss:word");

    assertThat(Verifiers.postmark(hook, "hook:p4ss:word")).isTrue();
    JsonObject record = new JsonObject(hook.body());
    assertThat(record.getString("RecordType")).isEqualTo("Delivery");
    assertThat(record.getString("MessageID")).isEqualTo(ID.toString());
    assertThat(record.getString("MessageStream")).isEqualTo("outbound");
    assertThat(record.getString("Tag")).isEqualTo("welcome");
    assertThat(record.getJsonObject("Metadata").getString("mid")).isEqualTo("m-0001");
    assertThat(record.getString("DeliveredAt")).isEqualTo("2026-01-01T00:00:03.0000000Z");
  }

  @Test
  void resendsEventsNameTheEmailTheyAreOf() {
    String secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
    Hook hook = mail(CallbackFormat.RESEND, "notification.sent", ReasonClass.NONE, secret);

    JsonObject event = new JsonObject(hook.body());
    assertThat(event.getString("type")).isEqualTo("email.sent");
    assertThat(event.getString("created_at")).isEqualTo("2026-01-01T00:00:03.000Z");
    JsonObject data = event.getJsonObject("data");
    assertThat(data.getString("email_id")).isEqualTo(ID.toString());
    assertThat(data.getJsonArray("to")).containsExactly("alex@example.com");
    assertThat(data.getString("from")).isEqualTo("Orders <orders@example.com>");
    assertThat(data.getJsonObject("tags").getString("mid")).isEqualTo("m-0001");
    assertThat(hook.header("svix-id")).isEqualTo("evt_Zm9v");
  }

  @Test
  void twiliosFormIsSignedOverTheWholeAddress() {
    Hook hook =
        told(
                CallbackFormat.TWILIO,
                event("notification.delivered", Channel.SMS, ReasonClass.NONE),
                subject(SMS, NotificationState.DELIVERED, 1),
                TEXT_SECRET)
            .orElseThrow();

    assertThat(hook.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(Verifiers.twilio(hook, TEXT_SECRET)).isTrue();
    assertThat(Verifiers.twilio(new Hook(URL + "1", hook.headers(), hook.body()), TEXT_SECRET))
        .isFalse();
    assertThat(Verifiers.form(hook.body()))
        .containsEntry("MessageSid", "SM" + DialectIds.hex(ID))
        .containsEntry("MessageStatus", "delivered")
        .containsEntry("AccountSid", "AC00000000000000000000000000000000")
        .containsEntry("From", "+15017250604")
        .containsEntry("To", "+15558675310")
        .containsEntry("RawDlrDoneDate", "2601010000");
  }

  @Test
  void vonagesReceiptsAreSignedByTheMethodOfTheEndpoint() {
    NotificationEvent event = event("notification.failed", Channel.SMS, ReasonClass.HARD_BOUNCE);
    Subject subject = subject(SMS, NotificationState.FAILED, 1);
    Hook signed = told(CallbackFormat.VONAGE, event, subject, TEXT_SECRET, "sha256").orElseThrow();

    assertThat(Verifiers.vonageSms(signed, TEXT_SECRET, "SHA256HMAC")).isTrue();
    JsonObject receipt = new JsonObject(signed.body());
    assertThat(receipt.getString("msisdn")).isEqualTo("15558675310");
    assertThat(receipt.getString("status")).isEqualTo("failed");
    assertThat(receipt.getString("err-code")).isEqualTo("12");
    assertThat(receipt.getString("client-ref")).isEqualTo("m-0001");
    assertThat(receipt.getString("message-timestamp")).isEqualTo("2026-01-01 00:00:03");
    Hook plain = told(CallbackFormat.VONAGE, event, subject, TEXT_SECRET).orElseThrow();
    assertThat(new JsonObject(plain.body()).containsKey("sig")).isFalse();
  }

  @Test
  void vonagesStatusesHaveATokenWithTheHashOfTheBody() {
    Hook hook =
        told(
                CallbackFormat.VONAGE,
                event("receipt.read", Channel.WHATSAPP, ReasonClass.NONE),
                subject(SMS, NotificationState.DELIVERED, 1),
                TEXT_SECRET)
            .orElseThrow();

    assertThat(Verifiers.vonageMessages(hook, TEXT_SECRET, true)).isTrue();
    JsonObject status = new JsonObject(hook.body());
    assertThat(status.getString("message_uuid")).isEqualTo(ID.toString());
    assertThat(status.getString("status")).isEqualTo("read");
    assertThat(status.getString("channel")).isEqualTo("whatsapp");
  }

  @ParameterizedTest
  @CsvSource({
    "notification.delivered, NONE, delivered",
    "notification.sent, NONE, sent",
    "notification.cancelled, NONE, canceled",
    "notification.expired, NONE, failed",
    "notification.failed, BLOCKED, undelivered",
    "notification.failed, NONE, undelivered",
    "notification.held, NONE, ",
    "receipt.delivered, NONE, ",
    "receipt.opened, NONE, "
  })
  void eachMoveHasItsStatusAndWhatHasNoneIsNotTold(
      String type, ReasonClass reason, @Nullable String status) {
    Optional<Hook> hook =
        told(
            CallbackFormat.TWILIO,
            event(type, Channel.SMS, reason),
            subject(SMS, NotificationState.SENT, 1),
            TEXT_SECRET);

    assertThat(hook.map(each -> Verifiers.form(each.body()).get("MessageStatus")))
        .isEqualTo(Optional.ofNullable(status));
  }

  @Test
  void whatNoProviderHasTakenIsNotUndelivered() {
    NotificationEvent told = event("notification.failed", Channel.SMS, ReasonClass.BLOCKED);
    JsonObject written = CloudEventJson.write(told).toJsonObject();
    written.getJsonObject("data").remove("provider_message_id");
    Subject subject = subject(SMS, NotificationState.FAILED, 1);
    CallbackSecret signing = new CallbackSecret(new Secret(TEXT_SECRET), 0, Long.MAX_VALUE);
    Optional<HookRequest> hook =
        Hooks.request(
            CallbackFormat.TWILIO,
            new Due(1, told.id(), written.toBuffer(), 0, 0, subject),
            new HookTarget(URL, List.of(signing), null, AT.plusSeconds(60)));
    assertThat(hook.map(each -> Verifiers.form(each.body().toString())).orElseThrow())
        .containsEntry("MessageStatus", "failed")
        .containsEntry("ErrorCode", "30007");
  }

  @Test
  void aBounceIsToldByItselfOnlyIfItComesAfterTheDelivery() {
    NotificationEvent bounce = event("receipt.bounced", Channel.EMAIL, ReasonClass.HARD_BOUNCE);

    assertThat(mailgun(bounce, subject(MAIL, NotificationState.DELIVERED, 1))).isPresent();
    assertThat(mailgun(bounce, subject(MAIL, NotificationState.DELIVERED, 2))).isEmpty();
    assertThat(mailgun(bounce, subject(MAIL, NotificationState.FAILED, 1))).isEmpty();
    assertThat(mailgun(bounce, subject(MAIL, NotificationState.PROCESSING, 1))).isEmpty();
  }

  @Test
  void nothingIsToldOfWhatIsErasedOrOfAnotherKind() {
    NotificationEvent sent = event("notification.sent", Channel.EMAIL, ReasonClass.NONE);

    assertThat(mailgun(sent, null)).isEmpty();
    assertThat(mailgun(sent, new Subject(Buffer.buffer(), NotificationState.SENT, 1))).isEmpty();
    assertThat(
            mailgun(
                event("notification.sent", Channel.SMS, ReasonClass.NONE),
                subject(SMS, NotificationState.SENT, 1)))
        .isEmpty();
  }

  @Test
  void aNotificationOfTheOwnApiIsToldToo() {
    Buffer own = new JsonObject().put("title", "Hello").toBuffer();
    Hook hook =
        mailgun(
                event("notification.sent", Channel.EMAIL, ReasonClass.NONE),
                new Subject(own, NotificationState.SENT, 1))
            .orElseThrow();

    assertThat(new JsonObject(hook.body()).getJsonObject("event-data").getString("event"))
        .isEqualTo("accepted");
  }

  @Test
  void theAddressOfAMessageIsWithoutTwiliosSettings() {
    NotificationEvent sent = event("notification.sent", Channel.SMS, ReasonClass.NONE);

    assertThat(Hooks.address(due(sent, subject(SMS, NotificationState.SENT, 1))))
        .contains("https://app.example.com/message");
    assertThat(Hooks.address(due(sent, subject(MAIL, NotificationState.SENT, 1)))).isEmpty();
    assertThat(Hooks.address(due(sent, null))).isEmpty();
  }

  private static Optional<Hook> mailgun(NotificationEvent event, @Nullable Subject subject) {
    return told(CallbackFormat.MAILGUN, event, subject, TEXT_SECRET);
  }
}
