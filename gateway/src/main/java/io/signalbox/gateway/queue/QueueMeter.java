package io.signalbox.gateway.queue;

/** Counts what a queue in Redis does. Called on the dispatcher's context; must return at once. */
public interface QueueMeter {

  /** Entries of a gateway that gives no sign of life were taken over. */
  void claimed(int count);

  /** The ledger had due what the streams did not bring: it was not there, or they had lost it. */
  void rebuilt(int count);

  /** Entries that were given out too often went to the dead letters. */
  void buried(int count);

  /**
   * How much there is in Redis.
   *
   * @param waiting entries that were not given out yet
   * @param pending entries that were given out and are not acknowledged
   * @param delayed notifications that are due soon
   * @param deadLetters entries of the stream of dead letters
   */
  void sizes(long waiting, long pending, long delayed, long deadLetters);
}
