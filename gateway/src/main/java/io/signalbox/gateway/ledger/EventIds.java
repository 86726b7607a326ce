package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Ids of events, made from what they tell alone: a change that is applied again, here or on another
 * node, tells the same event under the same id. Like {@code evt_Zm9vYmFyYmF6cXV4cXV1eA}.
 */
public final class EventIds {
  private static final int BYTES = 18;
  private static final char SEPARATOR = '\n';

  private EventIds() {}

  /** The id of a receipt. */
  public static String ofReceipt(String provider, String providerEventId) {
    return hash("receipt" + SEPARATOR + provider + SEPARATOR + providerEventId);
  }

  /**
   * The id of a move to a state.
   *
   * @param attempts how many attempts there had been
   * @param replayedAtMillis when a person last had it tried again, after which the same state may
   *     be reached once more; 0 if nobody did
   */
  public static String ofMove(
      NotificationId notification, NotificationState state, int attempts, long replayedAtMillis) {
    return hash(
        "notification"
            + SEPARATOR
            + notification
            + SEPARATOR
            + state.code()
            + SEPARATOR
            + attempts
            + SEPARATOR
            + replayedAtMillis);
  }

  /** The id of what happened to a callback endpoint. */
  public static String ofCallback(NotificationId callback, String what, long atMillis) {
    return hash("callback" + SEPARATOR + callback + SEPARATOR + what + SEPARATOR + atMillis);
  }

  /**
   * The id of what happened to an operation.
   *
   * @param which what tells it from others of the same kind
   */
  public static String ofOperation(NotificationId operation, String what, String which) {
    return hash("operation" + SEPARATOR + operation + SEPARATOR + what + SEPARATOR + which);
  }

  private static String hash(String text) {
    byte[] digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    return "evt_"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
  }
}
