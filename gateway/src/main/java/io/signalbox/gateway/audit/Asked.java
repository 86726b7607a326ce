package io.signalbox.gateway.audit;

import io.signalbox.gateway.ledger.Act;
import org.jspecify.annotations.Nullable;

/**
 * An act that is more than one change of the ledger, or none.
 *
 * @param target what it is done to
 * @param before what that is now; null for nothing
 * @param wish what is asked for in detail; null if the action says all
 * @param lessensDamage whether it is done even if the audit log cannot be written, or does not
 *     answer: to stop harm must not depend on a disk that has room
 */
public record Asked(
    Act act, String target, @Nullable String before, @Nullable String wish, boolean lessensDamage) {

  /** An act that is not done if it cannot be written down. */
  public static Asked of(Act act, String target, @Nullable String wish) {
    return new Asked(act, target, null, wish, false);
  }
}
