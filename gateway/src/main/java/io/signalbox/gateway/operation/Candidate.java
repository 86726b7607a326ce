package io.signalbox.gateway.operation;

import io.signalbox.spi.operation.Shortage;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A provider that might do an operation, or why it is left out.
 *
 * @param provider its id
 * @param variant how it is asked, where it can be asked in several ways, such as {@code
 *     free_price}; empty for the usual one
 * @param score 0 to 100
 * @param reasons what the score is made of, as the API shows it
 * @param excluded why it is not asked, such as {@code breaker_open}; null if it may be
 * @param shortage what it is known to be short of, so that it need not be asked; null for nothing
 * @param exclusive whether its account belongs to the gateway alone, so that what is found there
 *     and is nobody's may be cancelled
 */
public record Candidate(
    String provider,
    String variant,
    double score,
    JsonObject reasons,
    @Nullable String excluded,
    @Nullable Shortage shortage,
    boolean exclusive) {

  /** One that may be asked in the usual way, with an account of its own. */
  public static Candidate of(String provider, double score, JsonObject reasons) {
    return new Candidate(provider, "", score, reasons, null, null, true);
  }

  /** Whether it may be asked. */
  public boolean isEligible() {
    return excluded == null && shortage == null;
  }

  /** As a decision shows it. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("provider", provider);
    if (!variant.isEmpty()) {
      json.put("variant", variant);
    }
    json.put("score", score).put("reasons", reasons);
    if (excluded != null) {
      json.put("excluded", excluded);
    } else if (shortage != null) {
      json.put("excluded", shortage.wireName());
    }
    return json;
  }
}
