package io.signalbox.spi;

import io.vertx.core.Future;
import java.util.Optional;

/** A provider that can be asked what became of an attempt. */
public interface StatusLookup extends Provider {

  /**
   * Asks for the latest status. Sends nothing to the recipient and changes nothing.
   *
   * @param query which attempt is meant
   * @return empty if the provider knows nothing of the attempt, which soon after the attempt is no
   *     proof that it never arrived there; a receipt only if it certainly speaks of this attempt.
   *     Fails if the provider could not be asked; the failure's message holds no secret and no
   *     recipient.
   */
  Future<Optional<Receipt>> lookUp(StatusQuery query);
}
