package io.signalbox.gateway.degradation;

import io.vertx.core.json.Json;

/**
 * A sentence that may be shown to an end user or a support person as it is.
 *
 * @param text the sentence
 * @param json the same as a JSON string, with its quotes, so that no answer has to escape it
 */
public record Notice(String text, String json) {

  /** A notice of a sentence. */
  public static Notice of(String text) {
    return new Notice(text, Json.encode(text));
  }
}
