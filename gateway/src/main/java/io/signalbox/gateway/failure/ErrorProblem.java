package io.signalbox.gateway.failure;

import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.spi.ReasonClass;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an error looks like to whoever asked (RFC 9457).
 *
 * @param type the last part of the problem's {@code type}, see docs/errors.md
 * @param detail what is wrong, and what to do; a sentence without its full stop
 * @param fields mistakes by field; mostly none
 * @param members what else the document says: texts, whole numbers and truth values
 * @param retryAfter when it is worth another try; null if it is not
 */
public record ErrorProblem(
    String type,
    String detail,
    List<FieldProblem> fields,
    Map<String, Object> members,
    @Nullable Duration retryAfter) {

  /** How long to wait where nobody says. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private static final String UNAVAILABLE = "unavailable";

  /** Copies list and map, which keeps its order. */
  public ErrorProblem {
    fields = List.copyOf(fields);
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The problem of an error. */
  public static ErrorProblem of(OperationError error) {
    if (error instanceof ProviderError provider) {
      return of(provider);
    }
    if (error instanceof DatabaseError database) {
      return of(database);
    }
    if (error instanceof ShortageError shortage) {
      return of(shortage);
    }
    return new ErrorProblem(
        "invalid-fields",
        "the request has mistakes",
        ((ValidationError) error).fields(),
        Map.of("retryable", false),
        null);
  }

  private static ErrorProblem of(ProviderError error) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("provider", error.provider());
    members.put("outcome", error.outcome().wireName());
    if (error.reason() != ReasonClass.NONE) {
      members.put("reason", error.reason().wireName());
    }
    if (error.httpStatus() != 0) {
      members.put("provider_status", error.httpStatus());
    }
    put(members, "provider_code", error.code());
    put(members, "provider_message", error.answer());
    members.put("retryable", error.retryable());
    Duration after = error.retryAfter() == null ? SOON : error.retryAfter();
    return new ErrorProblem(
        type(error), detail(error), List.of(), members, error.retryable() ? after : null);
  }

  private static String type(ProviderError error) {
    return switch (error.outcome()) {
      case REJECTED -> isTaken(error) ? "slot-taken" : "refused-by-provider";
      case PROVIDER_FAULT -> "provider-failed";
      case UNKNOWN -> error.changing() ? "outcome-unknown" : passing(error, "provider-unavailable");
      case SENT, TRANSIENT, THROTTLED -> passing(error, "provider-unavailable");
    };
  }

  private static boolean isTaken(ProviderError error) {
    return error.reason() == ReasonClass.SLOT_TAKEN;
  }

  private static String passing(ProviderError error, String type) {
    return error.retryable() ? type : "provider-failed";
  }

  private static String detail(ProviderError error) {
    String who = "the provider " + error.provider();
    return switch (error.outcome()) {
      case REJECTED ->
          isTaken(error)
              ? "the time is taken at " + who + "; nothing was done"
              : who + " refuses this for good; nothing was done";
      case PROVIDER_FAULT -> who + " does not work for us until a person mends it";
      case THROTTLED -> who + " asks for fewer requests; nothing was done";
      case UNKNOWN ->
          error.changing()
              ? who + " gave no usable answer, and may have done it: look before you repeat it"
              : who + " gave no usable answer";
      case SENT, TRANSIENT -> who + " cannot do it now; nothing was done";
    };
  }

  private static ErrorProblem of(ShortageError error) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("provider", error.provider());
    members.put("shortage", error.shortage().wireName());
    members.put("retryable", error.retryable());
    String why =
        switch (error.shortage()) {
          case TOO_EARLY -> "wants it to be kept for a while before that";
          case NO_STOCK -> "has none of it now";
          case PRICE_LIMIT -> "has it at a higher price only";
          case NOT_OFFERED -> "does not offer that";
        };
    return new ErrorProblem(
        "conflict",
        "the provider " + error.provider() + " " + why + "; nothing was done",
        List.of(),
        members,
        error.retryAfter());
  }

  private static ErrorProblem of(DatabaseError error) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("database_error", error.kind().wireName());
    members.put("retryable", error.retryable());
    if (error.undecided()) {
      return new ErrorProblem(
          UNAVAILABLE,
          "the ledger gave no answer, and may have stored it: look before you repeat it",
          List.of(),
          members,
          SOON);
    }
    return error.kind() == DatabaseErrorKind.CONSTRAINT
        ? new ErrorProblem(
            "internal-error",
            "an internal error; the log has it under the correlation id",
            List.of(),
            members,
            null)
        : new ErrorProblem(
            UNAVAILABLE,
            "the ledger does not answer now; try again soon",
            List.of(),
            members,
            SOON);
  }

  private static void put(Map<String, Object> members, String name, @Nullable String text) {
    if (text != null) {
      members.put(name, text);
    }
  }
}
