package io.signalbox.scoring.breaker;

/**
 * Hears of every change of a breaker's state exactly once, also of those that a call makes in
 * passing.
 */
@FunctionalInterface
public interface TransitionListener {
  /** Listens to nothing. */
  TransitionListener NONE = transition -> {};

  /**
   * Called after the change, on the thread that caused it. It must not throw, and not call the
   * breaker.
   */
  void onTransition(Transition transition);
}
