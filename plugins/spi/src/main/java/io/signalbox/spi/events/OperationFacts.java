package io.signalbox.spi.events;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an event tells of an operation.
 *
 * @param id the operation's id
 * @param providerId the provider's own id of the rental or booking; null if there is none
 * @param result the rental or booking as the API shows it, in JSON; may hold personal data and
 *     codes; null if there is none
 * @param problem the class of problem, such as {@code unserved}; null if it did not fail
 */
public record OperationFacts(
    String id, @Nullable String providerId, @Nullable String result, @Nullable String problem) {

  /**
   * Checks that nothing is missing.
   *
   * @param id {@link #id()}
   * @param providerId {@link #providerId()}
   * @param result {@link #result()}
   * @param problem {@link #problem()}
   */
  public OperationFacts {
    Objects.requireNonNull(id, "id");
  }

  /** Without the result. */
  @Override
  public String toString() {
    return "OperationFacts[" + id + "]";
  }
}
