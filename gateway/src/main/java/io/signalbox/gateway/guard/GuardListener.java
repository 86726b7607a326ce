package io.signalbox.gateway.guard;

import io.signalbox.spi.OutcomeKind;

/**
 * Hears what the guard of one provider notices. Called on the provider verticle's context, or on
 * the plugin's thread; must be quick.
 */
public interface GuardListener {

  /** The plugin threw, failed, or broke its contract. */
  void failed(String call, PluginFailedException failure);

  /** A call was not begun in time. */
  void withdrawn();

  /** An outcome came after the attempt had been given up. */
  void answeredLate(OutcomeKind outcome);

  /** The plugin does not give back its thread. */
  void blocked(Blockage blockage);

  /** The thread runs again, or its end is not waited for any more. */
  void unblocked();

  /** The plugin has not given back its thread for longer than it may. */
  void pastLimit(Blockage blockage);
}
