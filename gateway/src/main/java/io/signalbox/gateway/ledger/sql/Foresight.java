package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.model.NotificationId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** What the changes of a batch will look at. Belongs to the writer's thread. */
final class Foresight {
  private final Set<Long> notifications = new TreeSet<>();
  private final Set<Long> attempts = new HashSet<>();
  private final Set<String> messages = new HashSet<>();

  /** A notification. */
  void notification(NotificationId id) {
    notifications.add(id.key());
  }

  /** Attempts of a notification. */
  void attempts(NotificationId id) {
    attempts.add(id.key());
  }

  /** A notification and its attempts, by its key. */
  void both(long key) {
    notifications.add(key);
    attempts.add(key);
  }

  /** Receipts that came before their attempt, by the provider's id of a message. */
  void message(String providerMessageId) {
    messages.add(providerMessageId);
  }

  Collection<Long> notifications() {
    return Collections.unmodifiableCollection(notifications);
  }

  Collection<Long> attempts() {
    return Collections.unmodifiableCollection(attempts);
  }

  Collection<String> messages() {
    return Collections.unmodifiableCollection(messages);
  }
}
