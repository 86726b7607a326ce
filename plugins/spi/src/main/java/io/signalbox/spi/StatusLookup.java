package io.signalbox.spi;

import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider that can be asked what became of an attempt. */
public interface StatusLookup extends Provider {

  /**
   * Asks for the latest status.
   *
   * @param attemptId our value that was sent along
   * @param providerMessageId the provider's id, null if its answer never came
   * @return empty if the provider knows nothing of it; fails if it could not be asked
   */
  Future<Optional<Receipt>> lookUp(String attemptId, @Nullable String providerMessageId);
}
