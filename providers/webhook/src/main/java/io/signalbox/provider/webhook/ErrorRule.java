package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RecipientMask;
import io.signalbox.toolkit.RetryAfter;
import io.signalbox.toolkit.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means that is no success.
 *
 * @param code where the body has the API's own code
 * @param message where it has a sentence
 * @param retryAfter where it has the seconds to wait; the header {@code Retry-After} is read anyway
 * @param table by status and code
 */
record ErrorRule(
    @Nullable Pointer code,
    @Nullable Pointer message,
    @Nullable Pointer retryAfter,
    OutcomeTable table) {

  private static final List<String> OUTCOMES =
      Arrays.stream(OutcomeKind.values())
          .filter(kind -> kind != OutcomeKind.SENT)
          .map(OutcomeKind::wireName)
          .toList();

  static ErrorRule read(ConfigReader reader) {
    Pointer code = Pointer.read(reader, "code");
    OutcomeTable.Builder table = OutcomeTable.builder();
    for (ConfigReader row : reader.blocks("outcomes")) {
      addRow(row, code != null, table);
    }
    return new ErrorRule(
        code, Pointer.read(reader, "message"), Pointer.read(reader, "retry_after"), table.build());
  }

  Outcome outcome(Answered answer, @Nullable Object json, Recipient recipient, Instant now) {
    String own = Pointer.textAt(code, json);
    Optional<Duration> wait =
        RetryAfter.parse(Pointer.textAt(retryAfter, json), now)
            .or(() -> RetryAfter.parse(answer.header("Retry-After"), now));
    return table
        .verdict(answer.status(), own)
        .outcome(
            answer.evidence(own, RecipientMask.masked(Pointer.textAt(message, json), recipient)),
            wait.orElse(null));
  }

  private static void addRow(ConfigReader row, boolean hasCodes, OutcomeTable.Builder table) {
    Set<Integer> statuses = StatusCodes.read(row, "status");
    List<String> codes = row.texts("code");
    if (statuses.isEmpty() && codes.isEmpty()) {
      row.problem("status", "is required unless code is there");
    }
    if (!codes.isEmpty() && !hasCodes) {
      row.problem("code", "needs errors.code, the JSON pointer to the code in the answer");
    }
    Verdict verdict = verdict(row);
    try {
      for (int status : statuses) {
        if (codes.isEmpty()) {
          table.statuses(verdict, status);
        }
        codes.forEach(code -> table.row(status, code, verdict));
      }
      if (statuses.isEmpty()) {
        table.codes(verdict, codes.toArray(String[]::new));
      }
    } catch (IllegalArgumentException e) {
      row.problem("outcome", "must be the only one for its status and code");
    }
  }

  private static Verdict verdict(ConfigReader row) {
    String name = row.requiredText("outcome");
    String reason = row.text("reason").orElse(null);
    if (!name.isEmpty() && !OUTCOMES.contains(name)) {
      row.problem("outcome", "must be one of " + String.join(", ", OUTCOMES));
    }
    if (!name.equals(OutcomeKind.REJECTED.wireName())) {
      if (reason != null) {
        row.problem("reason", "must be there with the outcome rejected only");
      }
      return Arrays.stream(OutcomeKind.values())
          .filter(kind -> kind != OutcomeKind.SENT && kind.wireName().equals(name))
          .findFirst()
          .map(kind -> new Verdict(kind, ReasonClass.NONE))
          .orElse(Verdict.UNKNOWN);
    }
    return Verdict.rejected(
        reason == null ? ReasonClass.INVALID_CONTENT : Words.reason(row, "reason", reason));
  }
}
