package io.signalbox.provider.vonage;

import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The code of an error of the Messages API, in answers and in webhooks. */
final class MessageErrorCode {
  private MessageErrorCode() {}

  /** The code stands behind the {@code #} of the error's type; null if there is no error. */
  static @Nullable String of(JsonObject error) {
    String type = JsonBody.text(error, "type");
    int hash = type == null ? -1 : type.lastIndexOf('#');
    return type == null || hash < 0 ? JsonBody.text(error, "title") : type.substring(hash + 1);
  }
}
