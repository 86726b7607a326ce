package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.model.NotificationId;
import java.util.ArrayList;
import java.util.List;

/**
 * Notifications of which the ledger refused a change: left alone for a while, so that they cannot
 * hold up the others. Thread-confined.
 */
final class KeptAside {
  private static final int MOST = 10_000;

  private List<NotificationId> ids = new ArrayList<>();

  /** Keeps one; false if there are too many. */
  boolean add(NotificationId id) {
    return ids.size() < MOST && ids.add(id);
  }

  /** Hands out all that are kept. */
  List<NotificationId> takeAll() {
    List<NotificationId> taken = ids;
    ids = new ArrayList<>();
    return taken;
  }
}
