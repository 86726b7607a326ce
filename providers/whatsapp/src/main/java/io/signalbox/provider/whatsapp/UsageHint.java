package io.signalbox.provider.whatsapp;

import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.RetryAfter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When Meta wants calls again: it sends no Retry-After, but a report of what was used up. */
final class UsageHint {
  private static final String HEADER = "x-business-use-case-usage";
  private static final String WAIT_MINUTES = "estimated_time_to_regain_access";
  private static final long MAX_MINUTES = 1_000_000;

  /** The first step of the back-off that Meta asks for after too many messages to one recipient. */
  private static final Duration PAIR_WAIT = Duration.ofSeconds(1);

  private UsageHint() {}

  /** The wait; null if the answer does not tell one. */
  static @Nullable Duration wait(Answered answer, @Nullable String code) {
    if (WhatsAppErrors.PAIR_RATE.equals(code)) {
      return PAIR_WAIT;
    }
    String header = answer.header(HEADER);
    if (header == null) {
      return null;
    }
    long minutes = JsonBody.object(Buffer.buffer(header)).map(UsageHint::longestWait).orElse(0L);
    return minutes <= 0 ? null : RetryAfter.ofSeconds(Math.min(minutes, MAX_MINUTES) * 60);
  }

  /** The report is an object of lists, one for each business. */
  private static long longestWait(JsonObject report) {
    long longest = 0;
    for (String business : report.fieldNames()) {
      JsonArray uses = JsonBody.array(report, business);
      for (int i = 0; i < uses.size(); i++) {
        longest =
            Math.max(longest, JsonBody.integer(JsonBody.object(uses, i), WAIT_MINUTES).orElse(0));
      }
    }
    return longest;
  }
}
