package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger.OpenOperations;
import io.signalbox.spi.Channel;
import java.util.List;

/** Counts what becomes of operations. Thread-safe; must return at once. */
public interface OperationMeter {
  /** Counts nothing. */
  OperationMeter NONE = new OperationMeter() {};

  /** One came to its end. */
  default void ended(Operation operation) {
    // Nobody reads it.
  }

  /** What is open on this node, as it was just read. */
  default void open(List<OpenOperations> open) {
    // Nobody reads it.
  }

  /** One was not accepted, because too many are open. */
  default void refused(Channel kind) {
    // Nobody reads it.
  }

  /** A change of one was refused for good, so that it does not go on for now. */
  default void stuck(Channel kind) {
    // Nobody reads it.
  }

  /** So many callers wait for an end now. */
  default void waiting(int callers) {
    // Nobody reads it.
  }

  /** A caller was not made to wait, because too many do. */
  default void notWaited(Channel kind) {
    // Nobody reads it.
  }

  /** Something that was nobody's is undone. */
  default void compensated(Channel kind) {
    // Nobody reads it.
  }

  /** Something that is nobody's is left to a person. */
  default void orphaned(Channel kind) {
    // Nobody reads it.
  }
}
