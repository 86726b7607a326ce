package io.signalbox.gateway.ledger;

import java.util.List;

/** Which events of an endpoint's log are to be sent once more. */
public sealed interface Redelivery {

  /** Those of these ids, whatever became of them. */
  record Ids(List<String> eventIds) implements Redelivery {
    /** Copies the list. */
    public Ids {
      eventIds = List.copyOf(eventIds);
    }
  }

  /**
   * Those whose own time lies in a range, oldest first.
   *
   * @param fromMillis from then on
   * @param toMillis before then
   * @param failedOnly whether only those that were given up
   * @param limit at most so many
   */
  record Range(long fromMillis, long toMillis, boolean failedOnly, int limit)
      implements Redelivery {}
}
