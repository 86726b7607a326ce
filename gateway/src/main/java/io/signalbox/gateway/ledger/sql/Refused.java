package io.signalbox.gateway.ledger.sql;

import java.util.function.Supplier;

/**
 * Thrown by a change that has looked at the ledger, does not want to be made, and has changed
 * nothing yet. So it is refused alone, and what else is in its batch need not be done again.
 */
final class Refused extends RuntimeException {
  private final RuntimeException why;

  /**
   * Makes it.
   *
   * @param why what its caller is told
   */
  Refused(RuntimeException why) {
    super(why.getMessage(), null, false, false);
    this.why = why;
  }

  RuntimeException why() {
    return why;
  }

  /** Looks, before anything is changed; what the look throws refuses the change. */
  static void ifThrown(Runnable look) {
    orResult(
        () -> {
          look.run();
          return true;
        });
  }

  /** The same with a result. */
  static <T> T orResult(Supplier<T> look) {
    try {
      return look.get();
    } catch (RuntimeException e) {
      throw new Refused(e);
    }
  }
}
