package io.signalbox.gateway.failure;

import io.signalbox.gateway.notification.FieldProblem;
import java.util.List;

/**
 * What was asked for has mistakes; nothing was done.
 *
 * @param correlationId {@link OperationError#correlationId()}
 * @param context {@link OperationError#context()}
 * @param fields each mistake with the place of its field; at least one
 */
public record ValidationError(String correlationId, ErrorContext context, List<FieldProblem> fields)
    implements OperationError {

  /** Copies the list. */
  public ValidationError {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a validation error names a field");
    }
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
