package io.signalbox.provider.vonage;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RecipientMask;
import io.signalbox.toolkit.RetryAfter;
import io.signalbox.toolkit.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the answers of the Messages API mean. The README shows the same table. */
final class MessagesAnswers {
  private static final OutcomeTable TABLE =
      OutcomeTable.builder()
          .codes(Verdict.THROTTLED, "1000", "1241")
          .codes(Verdict.TRANSIENT, "1030", "1100", "1180", "1220", "1230", "1331")
          .codes(
              Verdict.rejected(ReasonClass.INVALID_CONTENT),
              "1010",
              "1020",
              "1021",
              "1022",
              "1040",
              "1090",
              "1130",
              "1150",
              "1380",
              "1381",
              "1382")
          .codes(Verdict.rejected(ReasonClass.INVALID_RECIPIENT), "1170", "1300")
          .codes(Verdict.rejected(ReasonClass.HARD_BOUNCE), "1190", "1200", "1250", "1260", "1310")
          .codes(Verdict.rejected(ReasonClass.SOFT_BOUNCE), "1290")
          .codes(Verdict.rejected(ReasonClass.BLOCKED), "1050", "1270", "1280", "1340")
          .codes(Verdict.rejected(ReasonClass.SPAM), "1210")
          .codes(Verdict.rejected(ReasonClass.UNSUBSCRIBED), "1240")
          .codes(Verdict.rejected(ReasonClass.EXPIRED), "1360")
          .codes(
              Verdict.PROVIDER_FAULT,
              "1060",
              "1070",
              "1080",
              "1120",
              "1140",
              "1160",
              "1350",
              "1370")
          .codes(Verdict.UNKNOWN, "1320", "1330")
          .build();

  private MessagesAnswers() {}

  static Outcome outcome(HttpAnswer.Answered answer, Recipient recipient, Instant now) {
    JsonObject body = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
    if (answer.successful()) {
      String id = JsonBody.text(body, "message_uuid");
      return id == null || id.isBlank()
          ? new Outcome.Unknown(
              answer.evidence("unreadable_answer", "a success without a message_uuid"))
          : new Outcome.Sent(id, answer.evidence(null, null));
    }
    String code = MessageErrorCode.of(body);
    return verdict(answer.status(), code, body)
        .outcome(
            answer.evidence(code, RecipientMask.masked(JsonBody.text(body, "detail"), recipient)),
            RetryAfter.parse(answer.header("Retry-After"), now).orElse(null));
  }

  private static Verdict verdict(int status, @Nullable String code, JsonObject body) {
    Verdict verdict = TABLE.verdict(status, code);
    // A reason of its own, such as "has sent STOP", says more than that it is about the recipient.
    return verdict.reason() == ReasonClass.INVALID_CONTENT && blamesRecipient(body)
        ? Verdict.rejected(ReasonClass.INVALID_RECIPIENT)
        : verdict;
  }

  private static boolean blamesRecipient(JsonObject body) {
    JsonArray invalid = JsonBody.array(body, "invalid_parameters");
    for (int i = 0; i < invalid.size(); i++) {
      if ("to".equals(JsonBody.text(JsonBody.object(invalid, i), "name"))) {
        return true;
      }
    }
    return false;
  }
}
