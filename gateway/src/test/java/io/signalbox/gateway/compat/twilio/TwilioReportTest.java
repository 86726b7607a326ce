package io.signalbox.gateway.compat.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.compat.DialectCall.Wanted;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Requests;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.ReceiptEntry;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioReportTest {
  private static final long AT = Instant.parse("2026-11-03T09:05:07Z").toEpochMilli();
  private static final NotificationId ID = new NotificationId(NotificationId.firstKey(AT), 1);
  private static final Map<String, String> PATH = Map.of("account", "AC1");
  private static final String CONTENT =
      "{\"channel\":\"sms\",\"recipient_phone\":\"+14155552345\",\"message\":\"Hi\"}";

  @ParameterizedTest
  @CsvSource({
    "SCHEDULED, , , scheduled, ",
    "QUEUED, , , queued, ",
    "PROCESSING, , , sending, ",
    "HELD, , , sending, ",
    "SENT, , , sent, ",
    "DELIVERED, DELIVERED, none, delivered, ",
    "DELIVERED, READ, none, read, ",
    "FAILED, BOUNCED, hard_bounce, undelivered, 30005",
    "FAILED, BOUNCED, soft_bounce, undelivered, 30003",
    "FAILED, REJECTED, blocked, undelivered, 30007",
    "FAILED, FAILED, none, undelivered, 30008",
    "FAILED, REJECTED, invalid_recipient, undelivered, 30005",
    "FAILED, , , failed, 30008",
    "FAILED, , suppressed_manual, failed, 30004",
    "FAILED, BOUNCED, rejected, failed, 30008",
    "EXPIRED, , , failed, 30036",
    "CANCELLED, , , canceled, ",
    "DEAD_LETTER, , , failed, 30008",
  })
  void whereItStandsIsToldInTwiliosWords(
      NotificationState state,
      @Nullable ReceiptStatus receipt,
      @Nullable String reason,
      String status,
      @Nullable Integer code) {
    assertThat(TwilioStatus.of(timeline(CONTENT, state, receipt, String.valueOf(reason))))
        .isEqualTo(new TwilioStatus(status, code));
  }

  @Test
  void datesAreThoseOfMail() {
    JsonObject told =
        TwilioMessage.json("AC1", timeline(CONTENT, NotificationState.SENT, null, ""));
    assertThat(told.getString("date_created")).isEqualTo("Tue, 03 Nov 2026 09:05:07 +0000");
    assertThat(told.getString("sid")).isEqualTo("SM" + DialectIds.hex(ID));
    assertThat(told.getString("uri"))
        .isEqualTo("/2010-04-01/Accounts/AC1/Messages/SM" + DialectIds.hex(ID) + ".json");
    assertThat(told.getString("num_segments")).isEqualTo("1");
  }

  @Test
  void whatWasRemovedForItsAgeIsToldAsFarAsItIsKnown() {
    Timeline erased = timeline("", NotificationState.DELIVERED, null, "");
    JsonObject told = TwilioMessage.json("AC1", erased);
    assertThat(told.getString("status")).isEqualTo("delivered");
    assertThat(told.getString("body")).isEmpty();
    assertThat(told.getValue("to")).isNull();
    Timeline mail = timeline("{\"channel\":\"email\"}", NotificationState.SENT, null, "");
    assertThatThrownBy(() -> new TwilioFetch().answer(Requests.query(PATH), List.of(mail)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void partsAreCountedByTheAlphabetThatIsNeeded() {
    assertThat(SmsSegments.of("")).isEqualTo(1);
    assertThat(SmsSegments.of("x".repeat(160))).isEqualTo(1);
    assertThat(SmsSegments.of("x".repeat(161))).isEqualTo(2);
    assertThat(SmsSegments.of("€".repeat(80))).isEqualTo(1);
    assertThat(SmsSegments.of("€".repeat(81))).isEqualTo(2);
    assertThat(SmsSegments.of("ж".repeat(70))).isEqualTo(1);
    assertThat(SmsSegments.of("ж".repeat(135))).isEqualTo(3);
  }

  @Test
  void aListIsWantedAsItIsAskedFor() {
    TwilioList list = new TwilioList();
    assertThat(list.wanted(Requests.query(PATH)))
        .isEqualTo(
            new Wanted(
                Set.of(Channel.SMS, Channel.WHATSAPP),
                null,
                0,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                50));
    Wanted wanted =
        list.wanted(
            Requests.query(
                PATH,
                "To",
                "whatsapp:+1 (415) 555-2345",
                "PageSize",
                "1000",
                "Page",
                "2",
                "PageToken",
                "PA77",
                "DateSent",
                "2026-11-03"));
    assertThat(wanted)
        .isEqualTo(
            new Wanted(
                Set.of(Channel.WHATSAPP),
                "+14155552345",
                Instant.parse("2026-11-03T00:00:00Z").toEpochMilli(),
                Instant.parse("2026-11-04T00:00:00Z").toEpochMilli(),
                77,
                50));
    Wanted between =
        list.wanted(
            Requests.query(
                PATH, "DateSent>", "2026-11-03T01:00:00Z", "DateSent<", "2026-11-03T02:00:00Z"));
    assertThat(between.untilMillis() - between.fromMillis()).isEqualTo(3_600_001);
  }

  @Test
  void aBlankFilterIsNone() {
    assertThat(new TwilioList().wanted(Requests.query(PATH, "To", "", "DateSent", " ")))
        .isEqualTo(new TwilioList().wanted(Requests.query(PATH)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-12-31T00:00:00Z",
        "-999999999-01-01T00:00:00Z",
        "+999999-12",
        "2026-11-03T01:00:00"
      })
  void aTimeThatCannotBeCountedIsRefused(String time) {
    assertThatThrownBy(() -> new TwilioList().wanted(Requests.query(PATH, "DateSent", time)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("DateSent must be a day");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PageSize", "Page", "PageToken", "DateSent", "From", "Colour"})
  void aListThatCannotBeMadeIsRefused(String name) {
    assertThatThrownBy(() -> new TwilioList().wanted(Requests.query(PATH, name, "x")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(name + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400, 20400", "401, 401, 20003", "403, 403, 20003", "404, 404, 20404",
    "405, 405, 20004", "413, 413, 20400", "415, 415, 20400", "429, 429, 20429",
    "500, 500, 20500", "503, 503, 20503",
  })
  void refusalsHaveTwiliosCodes(int status, int told, int code) {
    var answer = TwilioErrors.answer(new Refusal(status, "why", List.of(), 3));
    assertThat(answer.status()).isEqualTo(told);
    JsonObject error = answer.body().toJsonObject();
    assertThat(error.getInteger("code")).isEqualTo(code);
    assertThat(error.getString("message")).endsWith("why");
    assertThat(answer.headers().get("retry-after"))
        .isEqualTo(status == 429 || status == 503 ? "3" : null);
  }

  private static Timeline timeline(
      String content, NotificationState state, @Nullable ReceiptStatus receipt, String reason) {
    List<ReceiptEntry> receipts =
        receipt == null
            ? List.of()
            : List.of(new ReceiptEntry(1, "p", receipt, reason, "x", null, null, AT, AT));
    return new Timeline(
        ID,
        "default",
        Buffer.buffer(content),
        state,
        reason.equals("none") ? null : reason,
        0,
        AT,
        AT,
        0,
        null,
        TraceContext.begin(),
        List.of(),
        receipts,
        List.of());
  }
}
