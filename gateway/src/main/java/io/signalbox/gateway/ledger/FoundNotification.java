package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification as a search shows it, without recipients and contents.
 *
 * @param channel on which it is now
 * @param reason why it is in its state; null if the state says it
 * @param lastProvider who tried last; null if nobody did
 */
public record FoundNotification(
    NotificationId id,
    String type,
    Channel channel,
    Priority priority,
    NotificationState state,
    @Nullable String reason,
    int attempts,
    long acceptedAtMillis,
    long updatedAtMillis,
    @Nullable String lastProvider) {

  /**
   * A part of what there is, newest first.
   *
   * @param next where the search goes on; null if it has seen all
   */
  public record Page(List<FoundNotification> found, @Nullable Long next) {
    /** Copies the list. */
    public Page {
      found = List.copyOf(found);
    }
  }
}
