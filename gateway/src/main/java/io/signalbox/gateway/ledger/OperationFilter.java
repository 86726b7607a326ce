package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.OperationState;
import io.signalbox.spi.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which operations are listed; what is null excludes nothing.
 *
 * @param tenant whose
 * @param kind {@link Channel#NUMBER} or {@link Channel#BOOKING}
 * @param state how they stand
 * @param provider who was asked last
 * @param service for what
 * @param country ISO 3166-1 alpha-2, two small letters
 * @param fromMillis accepted at or after it, epoch milliseconds
 * @param untilMillis accepted before it
 */
public record OperationFilter(
    String tenant,
    Channel kind,
    @Nullable OperationState state,
    @Nullable String provider,
    @Nullable String service,
    @Nullable String country,
    long fromMillis,
    long untilMillis) {

  /**
   * Some of the operations that a filter lets through, the newest first.
   *
   * @param found those whose contents are there and can be read
   * @param next where the next page begins; null if there is none
   */
  public record Page(List<Operation> found, @Nullable Long next) {

    /** Copies the list. */
    public Page {
      found = List.copyOf(found);
    }
  }
}
