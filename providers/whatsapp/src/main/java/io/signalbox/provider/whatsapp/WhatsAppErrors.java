package io.signalbox.provider.whatsapp;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RecipientMask;
import io.signalbox.toolkit.Verdict;
import io.vertx.core.json.JsonObject;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the Cloud API's answers and codes mean. The README shows the same table. */
final class WhatsAppErrors {
  /** Outside of the 24 hours after the recipient's last message, only templates are allowed. */
  static final String CLOSED_WINDOW = "131047";

  /** Too many messages to this one recipient: says nothing about others. */
  static final String PAIR_RATE = "131056";

  static final String NOT_ON_ALLOW_LIST = "131030";
  static final String SPAM_RATE = "131048";
  static final String POLICY_BLOCK = "368";
  static final String MARKETING_STOPPED = "131050";

  private static final String[] PERMISSIONS =
      IntStream.rangeClosed(200, 299).mapToObj(Integer::toString).toArray(String[]::new);

  private final OutcomeTable table;

  /**
   * Makes the table.
   *
   * @param marketingStopUnsubscribes whether who stops marketing messages counts as unsubscribed
   */
  WhatsAppErrors(boolean marketingStopUnsubscribes) {
    ReasonClass stopped =
        marketingStopUnsubscribes ? ReasonClass.UNSUBSCRIBED : ReasonClass.BLOCKED;
    this.table =
        OutcomeTable.builder()
            .codes(Verdict.PROVIDER_FAULT, "0", "190", "3", "10", "33", "131005")
            .codes(Verdict.PROVIDER_FAULT, PERMISSIONS)
            .codes(Verdict.PROVIDER_FAULT, "131042", "131045", "133010", "131031", POLICY_BLOCK)
            .codes(Verdict.TRANSIENT, "1", "2", "131000", "131016", "131057")
            .codes(Verdict.THROTTLED, "4", "80007", "130429", "133016", SPAM_RATE, "132069")
            .codes(Verdict.THROTTLED, PAIR_RATE)
            .codes(Verdict.rejected(ReasonClass.HARD_BOUNCE), "131026")
            .codes(Verdict.rejected(ReasonClass.INVALID_RECIPIENT), "131021")
            // A rule of our test number, not of the recipient, whom others may well reach.
            .codes(Verdict.rejected(ReasonClass.CONFIGURATION), NOT_ON_ALLOW_LIST)
            .codes(
                Verdict.rejected(ReasonClass.BLOCKED), CLOSED_WINDOW, "131049", "130472", "131064")
            .codes(Verdict.rejected(stopped), MARKETING_STOPPED)
            .codes(Verdict.rejected(ReasonClass.INVALID_CONTENT), "100", "131008", "131009")
            .codes(Verdict.rejected(ReasonClass.INVALID_CONTENT), "131051", "131052", "131053")
            .codes(Verdict.rejected(ReasonClass.INVALID_CONTENT), "132005")
            // About one template alone: a fault would stop the messages of all other types.
            .codes(Verdict.rejected(ReasonClass.CONFIGURATION), "132000", "132001", "132007")
            .codes(Verdict.rejected(ReasonClass.CONFIGURATION), "132012", "132015", "132016")
            .codes(Verdict.rejected(ReasonClass.CONFIGURATION), "132068")
            .build();
  }

  /** What a code means wherever it comes from; a failure without more if it is not known. */
  Verdict verdict(@Nullable String code) {
    return table.verdict(500, code);
  }

  /** The code of an answer; null if it has none. */
  static @Nullable String code(Answered answer) {
    return JsonBody.text(error(answer), "code");
  }

  Outcome outcome(Answered answer, Recipient recipient) {
    if (answer.successful()) {
      return sentOrUnknown(answer);
    }
    JsonObject error = error(answer);
    String code = JsonBody.text(error, "code");
    return table
        .verdict(answer.status(), code)
        .outcome(
            answer.evidence(code, RecipientMask.masked(text(error), recipient)),
            UsageHint.wait(answer, code));
  }

  /** The most telling sentence of an error, here or in a webhook. */
  static @Nullable String text(JsonObject error) {
    String message = JsonBody.text(error, "message");
    String details = JsonBody.text(JsonBody.object(error, "error_data"), "details");
    if (details == null || details.equals(message)) {
      return message == null ? JsonBody.text(error, "title") : message;
    }
    return message == null ? details : message + ": " + details;
  }

  private static JsonObject error(Answered answer) {
    return JsonBody.object(answer.body())
        .map(body -> JsonBody.object(body, "error"))
        .orElseGet(JsonObject::new);
  }

  private static Outcome sentOrUnknown(Answered answer) {
    JsonObject message =
        JsonBody.object(
            JsonBody.array(JsonBody.object(answer.body()).orElseGet(JsonObject::new), "messages"),
            0);
    String id = JsonBody.text(message, "id");
    return id == null || id.isBlank()
        ? new Outcome.Unknown(answer.evidence("unreadable_answer", "a success without an id"))
        // For templates only: accepted, or held back for a check of their quality.
        : new Outcome.Sent(id, answer.evidence(JsonBody.text(message, "message_status"), null));
  }
}
