package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** The notifications of a ledger that keeps them only until another one takes them. Thread-safe. */
public interface SpoolLedger {

  /** How much is in it. */
  Future<Fill> fill();

  /**
   * The notifications that were accepted first, as they were. What cannot be read is logged and
   * named.
   *
   * @param skip what is not wanted
   * @param limit at most so many
   * @param maxBytes at most so much content, but always one if there is any
   */
  Future<Oldest> oldest(Set<NotificationId> skip, int limit, long maxBytes);

  /**
   * Notes that notifications are about to be offered to the other ledger: from now on it may have
   * them, whether it answers or not.
   */
  Future<Void> offering(List<NotificationId> ids);

  /** Removes notifications that the other ledger has. */
  Future<Void> forget(List<NotificationId> ids);

  /**
   * What was accepted first.
   *
   * @param requests as they were
   * @param unreadable the ids of those before the last of them that cannot be read
   * @param offered which of the requests were offered to the other ledger before
   */
  record Oldest(
      List<AcceptRequest> requests, List<NotificationId> unreadable, Set<NotificationId> offered) {}

  /**
   * How much is in a spool.
   *
   * @param entries how many notifications
   * @param bytes of their content
   * @param greatestKey the greatest key in use; 0 if there is none
   */
  record Fill(long entries, long bytes, long greatestKey) {}
}
