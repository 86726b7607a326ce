package io.signalbox.gateway.compat.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.compat.Asked;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Requests;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioCreateTest {
  private static final String PLAIN = "To=%2B14155552345&From=%2B14155550000&Body=Hi";
  private final TwilioCreate create = new TwilioCreate();

  @Test
  void aFormBecomesANotificationAndAMemo() {
    Asked asked =
        read(
            PLAIN
                + "&StatusCallback=https%3A%2F%2Fa.example%2Fcb&ValidityPeriod=60&SmartEncoded=false");
    AskedNotification only = asked.notifications().get(0);
    assertThat(asked.notifications()).hasSize(1);
    assertThat(asked.idempotencyKey()).isNull();
    assertThat(only.notification())
        .isEqualTo(
            new JsonObject()
                .put("notification_type", "twilio")
                .put("channel", "sms")
                .put("recipient_phone", "+14155552345")
                .put("message", "Hi")
                .put("ttl_seconds", 60));
    assertThat(only.memo().account()).isEqualTo("AC1");
    assertThat(only.memo().sender()).isEqualTo("+14155550000");
    assertThat(only.memo().callbackUrl()).isEqualTo("https://a.example/cb");
    assertThat(only.field("/recipient_phone")).isEqualTo("To");
    assertThat(only.field(DialectMemo.CALLBACK_POINTER)).isEqualTo("StatusCallback");
  }

  @Test
  void aScheduledOneExpiresAfterItsTime() {
    JsonObject notification =
        read(PLAIN + "&ScheduleType=fixed&SendAt=2026-11-24T10:00:00%2B01:00&ValidityPeriod=60")
            .notifications()
            .get(0)
            .notification();
    assertThat(notification.getString("send_at")).isEqualTo("2026-11-24T09:00:00Z");
    assertThat(notification.getString("expires_at")).isEqualTo("2026-11-24T09:01:00Z");
    assertThat(notification.containsKey("ttl_seconds")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', To, 21604",
    "To=%2B1&From=x, Body, 21602",
    "To=%2B1&Body=x, From, 21603",
    "To=%2B1&Body=x&From=, From, 21603",
    "To=whatsapp%3A%2B1&From=%2B1&Body=x, From, 21910",
    "To=%2B1&From=whatsapp%3A%2B1&Body=x, From, 21910",
    "To=%2B1&From=x&Body=x&ValidityPeriod=0, ValidityPeriod, 90007",
    "To=%2B1&From=x&Body=x&ValidityPeriod=36001, ValidityPeriod, 90007",
    "To=%2B1&From=x&Body=x&ValidityPeriod=1h, ValidityPeriod, 90007",
    "To=%2B1&From=x&Body=x&ScheduleType=fixed, SendAt, 35111",
    "To=%2B1&From=x&Body=x&SendAt=2026-11-24T10:00:00Z, ScheduleType, 35126",
    "To=%2B1&From=x&Body=x&ScheduleType=daily, ScheduleType, 35126",
    "To=%2B1&From=x&Body=x&ScheduleType=fixed&SendAt=soon, SendAt, 35115",
    "To=%2B1&From=x&Body=x&ContentSid=HX1, ContentSid, 21655",
    "To=%2B1&From=x&MediaUrl=a&MediaUrl=b, MediaUrl, 21620",
    "To=%2B1&From=x&Body=x&SmartEncoded=true, SmartEncoded, 20001",
    "To=%2B1&From=x&Body=x&to=%2B2, to, 20001",
  })
  void whatIsWrongIsNamed(String form, String field, int code) {
    Refusal refusal = refusal(form);
    assertThat(refusal.first().field()).isEqualTo(field);
    JsonObject error = TwilioErrors.answer(refusal).body().toJsonObject();
    assertThat(error.getInteger("code")).as(error.encode()).isEqualTo(code);
    assertThat(error.getInteger("status")).isEqualTo(400);
  }

  @Test
  void aBodyHas1600CharactersWhateverTheyAre() {
    assertThat(read(PLAIN + "%F0%9F%98%80".repeat(1_598)).notifications()).hasSize(1);
    Refusal refusal = refusal(PLAIN + "%F0%9F%98%80".repeat(1_599));
    assertThat(TwilioErrors.answer(refusal).body().toJsonObject().getInteger("code"))
        .isEqualTo(21_617);
  }

  @Test
  void eachRefusedFieldIsRefusedByItsName() {
    for (DialectField field : TwilioFields.ALL) {
      if (field.treatment() == DialectField.Treatment.REFUSED && field.call().startsWith("POST")) {
        assertThat(refusal(PLAIN + "&" + field.name() + "=x").first().field())
            .isEqualTo(field.name());
      }
    }
  }

  @Test
  void everyParameterOfTheSdkStandsInTheTable() {
    assertThat(
            TwilioFields.ALL.stream()
                .filter(field -> field.call().startsWith("POST"))
                .map(DialectField::name)
                .toList())
        .contains(
            "AddressRetention",
            "ApplicationSid",
            "Attempt",
            "Body",
            "ContentRetention",
            "ContentSid",
            "ContentVariables",
            "ForceDelivery",
            "From",
            "MaxPrice",
            "MediaUrl",
            "MessagingServiceSid",
            "PersistentAction",
            "ProvideFeedback",
            "RiskCheck",
            "ScheduleType",
            "SendAsMms",
            "SendAt",
            "ShortenUrls",
            "SmartEncoded",
            "StatusCallback",
            "To",
            "TrafficType",
            "ValidityPeriod");
  }

  private Asked read(String form) {
    return create.read(Requests.form(Map.of("account", "AC1"), form));
  }

  private Refusal refusal(String form) {
    try {
      Asked asked = read(form);
      throw new AssertionError("was taken: " + asked.notifications().size());
    } catch (RefusedException e) {
      return e.refusal();
    }
  }
}
