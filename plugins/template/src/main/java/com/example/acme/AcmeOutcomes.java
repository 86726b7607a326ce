package com.example.acme;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RecipientMask;
import io.signalbox.toolkit.RetryAfter;
import io.signalbox.toolkit.Verdict;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** What Acme's answers mean. */
final class AcmeOutcomes {
  private static final OutcomeTable TABLE =
      OutcomeTable.builder()
          .codes(Verdict.rejected(ReasonClass.INVALID_RECIPIENT), "invalid_address")
          .codes(Verdict.PROVIDER_FAULT, "account_suspended")
          .row(409, "in_progress", Verdict.UNKNOWN)
          .build();

  private AcmeOutcomes() {}

  static Outcome outcome(HttpAnswer.Answered answer, Recipient recipient, Instant now) {
    JsonObject body = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
    String id = JsonBody.text(body, "id");
    if (answer.successful() && id != null) {
      return new Outcome.Sent(id, answer.evidence(null, null));
    }
    String code = JsonBody.text(body, "code");
    String message = RecipientMask.masked(JsonBody.text(body, "message"), recipient);
    Evidence evidence = answer.evidence(code, message);
    return TABLE
        .verdict(answer.status(), code)
        .outcome(evidence, RetryAfter.parse(answer.header("Retry-After"), now).orElse(null));
  }
}
