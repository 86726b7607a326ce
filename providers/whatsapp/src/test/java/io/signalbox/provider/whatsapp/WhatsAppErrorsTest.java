package io.signalbox.provider.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppErrorsTest {
  private static final Recipient RECIPIENT = new Recipient.Phone("+16505551234");

  @ParameterizedTest
  @CsvSource({
    "400, 0, PROVIDER_FAULT,",
    "400, 3, PROVIDER_FAULT,",
    "400, 10, PROVIDER_FAULT,",
    "400, 33, PROVIDER_FAULT,",
    "401, 190, PROVIDER_FAULT,",
    "403, 200, PROVIDER_FAULT,",
    "403, 299, PROVIDER_FAULT,",
    "403, 368, PROVIDER_FAULT,",
    "403, 131005, PROVIDER_FAULT,",
    "403, 131031, PROVIDER_FAULT,",
    "400, 131042, PROVIDER_FAULT,",
    "400, 131045, PROVIDER_FAULT,",
    "400, 133010, PROVIDER_FAULT,",
    "400, 1, TRANSIENT,",
    "503, 2, TRANSIENT,",
    "400, 131000, TRANSIENT,",
    "400, 131016, TRANSIENT,",
    "400, 131057, TRANSIENT,",
    "400, 4, THROTTLED,",
    "429, 80007, THROTTLED,",
    "400, 130429, THROTTLED,",
    "400, 131048, THROTTLED,",
    "400, 131056, THROTTLED,",
    "400, 132069, THROTTLED,",
    "400, 133016, THROTTLED,",
    "400, 100, REJECTED, INVALID_CONTENT",
    "400, 131008, REJECTED, INVALID_CONTENT",
    "400, 131009, REJECTED, INVALID_CONTENT",
    "400, 131051, REJECTED, INVALID_CONTENT",
    "400, 131052, REJECTED, INVALID_CONTENT",
    "400, 131053, REJECTED, INVALID_CONTENT",
    "400, 132005, REJECTED, INVALID_CONTENT",
    "400, 131021, REJECTED, INVALID_RECIPIENT",
    "400, 131026, REJECTED, HARD_BOUNCE",
    "400, 131030, REJECTED, CONFIGURATION",
    "400, 131047, REJECTED, BLOCKED",
    "400, 131049, REJECTED, BLOCKED",
    "400, 130472, REJECTED, BLOCKED",
    "400, 131064, REJECTED, BLOCKED",
    "400, 131050, REJECTED, UNSUBSCRIBED",
    "400, 132000, REJECTED, CONFIGURATION",
    "400, 132001, REJECTED, CONFIGURATION",
    "400, 132007, REJECTED, CONFIGURATION",
    "400, 132012, REJECTED, CONFIGURATION",
    "400, 132015, REJECTED, CONFIGURATION",
    "400, 132016, REJECTED, CONFIGURATION",
    "400, 132068, REJECTED, CONFIGURATION",
    "400, 999999, REJECTED, INVALID_CONTENT",
    "500, 999999, TRANSIENT,",
    "502,, UNKNOWN,"
  })
  void mapsAsDocumented(int status, Integer code, OutcomeKind kind, ReasonClass reason) {
    JsonObject error = new JsonObject().put("code", code).put("message", "told");
    Outcome outcome = outcome(status, new JsonObject().put("error", error).encode());

    assertThat(outcome.kind()).isEqualTo(kind);
    if (outcome instanceof Outcome.Rejected rejected) {
      assertThat(rejected.reason()).isEqualTo(reason);
    }
    assertThat(outcome.evidence().code()).isEqualTo(code == null ? null : code.toString());
    assertThat(outcome.evidence().message()).isEqualTo("told");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "<html>",
        "{\"messages\":[]}",
        "{\"messages\":[{\"id\":\"\"}]}",
        "{\"messages\":{\"id\":\"x\"}}"
      })
  void knowsNothingFromUnreadableSuccess(String body) {
    assertThat(outcome(200, body)).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void keepsWhetherATemplateIsHeldBack() {
    Outcome outcome =
        outcome(
            200,
            "{\"messages\":[{\"id\":\"w\",\"message_status\":\"held_for_quality_assessment\"}]}");

    assertThat(outcome).isInstanceOf(Outcome.Sent.class);
    assertThat(outcome.evidence().code()).isEqualTo("held_for_quality_assessment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"1\":[{\"estimated_time_to_regain_access\":3}]}|PT3M",
        "{\"1\":[{\"estimated_time_to_regain_access\":0}],"
            + "\"2\":[{\"estimated_time_to_regain_access\":2}]}|PT2M",
        "{\"1\":[{\"estimated_time_to_regain_access\":99999999}]}|PT1H",
        "{\"1\":[{\"estimated_time_to_regain_access\":0}]}|",
        "{\"1\":7}|",
        "nonsense|"
      })
  void readsTheWaitFromTheUsageReport(String header, Duration expected) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("X-Business-Use-Case-Usage", header);
    var answer =
        new HttpAnswer.Answered(429, headers, Buffer.buffer("{\"error\":{\"code\":80007}}"));

    assertThat(new WhatsAppErrors(true).outcome(answer, RECIPIENT))
        .isInstanceOfSatisfying(
            Outcome.Throttled.class,
            throttled -> assertThat(throttled.retryAfter()).isEqualTo(expected));
  }

  private static Outcome outcome(int status, String body) {
    return new WhatsAppErrors(true)
        .outcome(
            new HttpAnswer.Answered(
                status, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body)),
            RECIPIENT);
  }
}
