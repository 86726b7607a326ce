package io.signalbox.gateway.failure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What an error looks like in the log. Without the provider's words, which may quote whom they are
 * about.
 *
 * @param level how loud: {@code INFO} for what the caller asked wrongly, {@code WARN} for what
 *     passes, {@code ERROR} for what a person must see to
 * @param message the same words each time
 * @param values what the line has beside them, in this order
 */
public record ErrorLine(Level level, String message, Map<String, Object> values) {

  /** Copies the map, in its order. */
  public ErrorLine {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The line of an error. */
  public static ErrorLine of(OperationError error) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("correlation_id", error.correlationId());
    values.put("step", error.context().step());
    put(values, "operation_id", error.context().operationId());
    values.put("retryable", error.retryable());
    if (error instanceof ProviderError provider) {
      values.put("provider", provider.provider());
      values.put("outcome", provider.outcome().wireName());
      values.put("http_status", provider.httpStatus());
      put(values, "code", provider.code());
      return new ErrorLine(level(provider), message(provider), values);
    }
    if (error instanceof ShortageError shortage) {
      values.put("provider", shortage.provider());
      values.put("shortage", shortage.shortage().wireName());
      return new ErrorLine(Level.INFO, "the provider cannot serve this now", values);
    }
    if (error instanceof DatabaseError database) {
      values.put("database_error", database.kind().wireName());
      put(values, "sql_state", database.sqlState());
      values.put("undecided", database.undecided());
      boolean passes = database.kind().passes();
      return new ErrorLine(
          passes ? Level.WARN : Level.ERROR,
          passes ? "the ledger cannot do it now" : "the ledger refuses it",
          values);
    }
    ValidationError validation = (ValidationError) error;
    values.put("fields", validation.fields().stream().map(field -> field.pointer()).toList());
    return new ErrorLine(Level.INFO, "a request has mistakes", values);
  }

  private static Level level(ProviderError error) {
    return switch (error.outcome()) {
      case REJECTED -> Level.INFO;
      case PROVIDER_FAULT -> Level.ERROR;
      case SENT, TRANSIENT, THROTTLED, UNKNOWN -> Level.WARN;
    };
  }

  private static String message(ProviderError error) {
    return switch (error.outcome()) {
      case REJECTED -> "the provider refuses it for good";
      case PROVIDER_FAULT -> "the provider does not work for us";
      case THROTTLED -> "the provider asks for fewer requests";
      case UNKNOWN -> "the provider gave no usable answer";
      case SENT, TRANSIENT -> "the provider cannot do it now";
    };
  }

  private static void put(Map<String, Object> values, String name, @Nullable String text) {
    if (text != null) {
      values.put(name, text);
    }
  }

  /** Writes the line. */
  public void write(Logger log) {
    LoggingEventBuilder line = log.atLevel(level);
    for (Map.Entry<String, Object> value : values.entrySet()) {
      line = line.addKeyValue(value.getKey(), value.getValue());
    }
    line.log(message);
  }
}
