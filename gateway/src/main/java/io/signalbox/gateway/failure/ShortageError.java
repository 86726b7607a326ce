package io.signalbox.gateway.failure;

import io.signalbox.spi.operation.Shortage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A provider that works cannot do what it was asked for now, and did nothing.
 *
 * @param correlationId {@link OperationError#correlationId()}
 * @param context {@link OperationError#context()}
 * @param provider whose call it was
 * @param shortage what is short
 * @param retryAfter when it is worth another try; null if it is not
 */
public record ShortageError(
    String correlationId,
    ErrorContext context,
    String provider,
    Shortage shortage,
    @Nullable Duration retryAfter)
    implements OperationError {

  @Override
  public boolean retryable() {
    return retryAfter != null;
  }
}
