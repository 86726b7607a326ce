package io.signalbox.gateway.compat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for.
 *
 * @param notifications at least one
 * @param allOrNone whether none is taken if one of them has a mistake
 * @param idempotencyKey of the request; null for none
 * @param onlyChecked whether all is done but for taking them, as tests of applications want it
 */
public record Asked(
    List<AskedNotification> notifications,
    boolean allOrNone,
    @Nullable String idempotencyKey,
    boolean onlyChecked) {
  /** Copies the list. */
  public Asked {
    notifications = List.copyOf(notifications);
    if (notifications.isEmpty()) {
      throw new IllegalArgumentException("a request that asks for nothing is refused before");
    }
  }

  /** A request whose notifications are taken. */
  public Asked(
      List<AskedNotification> notifications, boolean allOrNone, @Nullable String idempotencyKey) {
    this(notifications, allOrNone, idempotencyKey, false);
  }

  /**
   * What became of each message, where several notifications may belong to one: it is refused if
   * one of them is.
   *
   * @param taken what became of each notification, in the same order
   */
  public List<Taken> messages(List<Taken> taken) {
    List<Taken> messages = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      int last = messages.size() - 1;
      if (!notifications.get(i).withPrevious()) {
        messages.add(taken.get(i));
      } else if (messages.get(last) instanceof Taken.Accepted) {
        messages.set(
            last, taken.get(i) instanceof Taken.Refused refused ? refused : messages.get(last));
      }
    }
    return messages;
  }

  /** The notifications of each message, in the order of {@link #messages}. */
  public List<List<AskedNotification>> recipients() {
    List<List<AskedNotification>> all = new ArrayList<>();
    for (AskedNotification each : notifications) {
      if (!each.withPrevious()) {
        all.add(new ArrayList<>());
      }
      all.get(all.size() - 1).add(each);
    }
    return all;
  }
}
