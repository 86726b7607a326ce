package io.signalbox.deploy.operation;

import io.signalbox.deploy.ApiClient;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What operations of every kind are asked and answered. */
final class Asking {
  /** With these a request was refused that should not have been. */
  private static final Set<Integer> FAULTS_OF_OURS = Set.of(400, 401, 403, 404, 422);

  private Asking() {}

  /**
   * Asks once.
   *
   * @param done reads the answer of one that is done
   * @return the end of it; empty if it must be asked again
   */
  static Optional<Told> once(
      ApiClient api, String path, JsonObject body, String key, Function<JsonObject, Told> done) {
    ApiClient.Answer answer =
        api.call(
            "POST",
            path,
            body.encode(),
            Map.of("Content-Type", "application/json", "Idempotency-Key", key));
    JsonObject json = answer.json();
    if (answer.status() == 201) {
      return Optional.of(done.apply(json));
    }
    if (FAULTS_OF_OURS.contains(answer.status()) && !json.containsKey("operation_id")) {
      throw new AssertionError(answer.toString());
    }
    return Boolean.FALSE.equals(json.getBoolean("retryable"))
        ? Optional.of(
            new Told(
                key,
                json.getString("operation_id"),
                json.getString("type"),
                null,
                null,
                BigDecimal.ZERO))
        : Optional.empty();
  }
}
