package io.signalbox.scoring.replay;

import java.util.List;

/**
 * A notification with its recorded attempts.
 *
 * @param channels the channels it could use, the one that was asked for first; not empty
 * @param attempts in the order in which they began; not empty
 */
public record RecordedNotification(List<String> channels, List<RecordedAttempt> attempts) {
  /** Copies the lists and checks that something was recorded. */
  public RecordedNotification {
    channels = List.copyOf(channels);
    attempts = List.copyOf(attempts);
    if (channels.isEmpty() || attempts.isEmpty()) {
      throw new IllegalArgumentException("a recorded notification has a channel and an attempt");
    }
  }

  /** When its first attempt began: from then on both sides are measured. */
  public long startedAtMillis() {
    return attempts.get(0).startedAtMillis();
  }
}
