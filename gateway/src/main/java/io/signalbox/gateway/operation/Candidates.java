package io.signalbox.gateway.operation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Who might do an operation, as seen when it was asked.
 *
 * @param ranked the best first, also those that are left out
 * @param rule the rule that ranked them, such as {@code adjusted}
 * @param retryAfterMillis where nobody can be asked now: after how long somebody may; 0 if nobody
 *     knows
 */
public record Candidates(List<Candidate> ranked, String rule, long retryAfterMillis) {

  /** Copies the list. */
  public Candidates {
    ranked = List.copyOf(ranked);
  }

  /** The decision that is kept with an attempt. */
  public JsonObject decision() {
    JsonArray candidates = new JsonArray();
    ranked.forEach(candidate -> candidates.add(candidate.toJson()));
    return new JsonObject().put("rule", rule).put("candidates", candidates);
  }
}
