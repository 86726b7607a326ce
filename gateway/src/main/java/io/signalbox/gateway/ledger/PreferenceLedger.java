package io.signalbox.gateway.ledger;

import io.vertx.core.Future;
import java.util.function.UnaryOperator;

/**
 * Keeps routing preferences. Operators change them through the API, or with SQL from another
 * process; so what was read a moment ago may be out of date. Thread-safe.
 */
public interface PreferenceLedger {

  /** What is committed now. */
  Future<StoredPreferences> preferences();

  /**
   * Has a bell rung when they may have changed, as far as the store can tell; a change that nobody
   * rings for is found by reading. For as long as the ledger is open.
   *
   * @param bell called on any thread; must not block
   */
  void onChange(Runnable bell);

  /** The same, whose changes are an administrator's act and stand in the audit log. */
  PreferenceLedger by(Act act);

  /**
   * Changes them as one step.
   *
   * @param change makes the new ones from those that are stored; pure, since it may run twice. What
   *     it throws fails the result and changes nothing
   * @param actor who changes them
   * @return what is stored now
   */
  Future<StoredPreferences> changePreferences(
      UnaryOperator<StoredPreferences> change, String actor, long nowMillis);
}
