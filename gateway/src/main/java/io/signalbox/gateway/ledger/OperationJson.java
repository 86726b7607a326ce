package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.OperationAttempt.End;
import io.signalbox.gateway.ledger.OperationAttempt.How;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of an operation that may be personal, as ledgers store it under their seal: request,
 * result, and the attempts with providers' words.
 */
public final class OperationJson {
  private OperationJson() {}

  /**
   * What is stored.
   *
   * @param request what is wanted
   * @param attempts the calls that could have done it
   * @param result the result's value; null if there is none
   */
  public record Content(
      JsonObject request, List<OperationAttempt> attempts, @Nullable JsonObject result) {

    /** Copies the list. */
    public Content {
      attempts = List.copyOf(attempts);
    }

    /** Without anything of it. */
    @Override
    public String toString() {
      return "Content[" + attempts.size() + " attempts]";
    }
  }

  /** Writes it. */
  public static byte[] write(Operation operation) {
    JsonArray attempts = new JsonArray();
    operation.progress().attempts().forEach(attempt -> attempts.add(write(attempt)));
    OperationResult result = operation.result();
    JsonObject json =
        new JsonObject().put("request", operation.request()).put("attempts", attempts);
    if (result != null) {
      json.put("result", result.value());
    }
    return json.toBuffer().getBytes();
  }

  /** Reads what {@link #write} wrote. */
  public static Content read(byte[] stored) {
    JsonObject json = new JsonObject(Buffer.buffer(stored));
    List<OperationAttempt> attempts = new ArrayList<>();
    for (Object attempt : json.getJsonArray("attempts")) {
      attempts.add(attempt((JsonObject) attempt));
    }
    return new Content(json.getJsonObject("request"), attempts, json.getJsonObject("result"));
  }

  private static JsonObject write(OperationAttempt attempt) {
    JsonObject json =
        new JsonObject()
            .put("number", attempt.number())
            .put("provider", attempt.provider())
            .put("variant", attempt.variant())
            .put("exclusive", attempt.exclusive())
            .put("account", attempt.account())
            .put("round", attempt.round())
            .put("decision", attempt.decision())
            .put("started_at", attempt.startedAtMillis())
            .put("deadline_at", attempt.deadlineAtMillis());
    End end = attempt.end();
    if (end != null) {
      json.put(
          "end",
          new JsonObject()
              .put("how", end.how().wireName())
              .put("at", end.atMillis())
              .put("retryable", end.retryable())
              .put("code", end.code())
              .put("http_status", end.httpStatus())
              .put("message", end.message()));
    }
    return json;
  }

  private static OperationAttempt attempt(JsonObject json) {
    JsonObject end = json.getJsonObject("end");
    return new OperationAttempt(
        json.getInteger("number"),
        json.getString("provider"),
        json.getString("variant"),
        json.getBoolean("exclusive"),
        json.getString("account", ""),
        json.getInteger("round"),
        json.getJsonObject("decision"),
        json.getLong("started_at"),
        json.getLong("deadline_at"),
        end == null
            ? null
            : new End(
                How.valueOf(end.getString("how").toUpperCase(Locale.ROOT)),
                end.getLong("at"),
                end.getBoolean("retryable"),
                end.getString("code"),
                end.getInteger("http_status"),
                end.getString("message")));
  }
}
