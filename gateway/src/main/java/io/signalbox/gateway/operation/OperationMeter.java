package io.signalbox.gateway.operation;

import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger.OpenOperations;
import io.signalbox.spi.Channel;
import java.util.List;

/** Counts what becomes of operations. Thread-safe; must return at once. */
public interface OperationMeter {
  /** Counts nothing. */
  OperationMeter NONE =
      new OperationMeter() {
        @Override
        public void ended(Operation operation) {
          // Nobody reads it.
        }

        @Override
        public void open(List<OpenOperations> open) {
          // Nobody reads it.
        }

        @Override
        public void compensated(Channel kind) {
          // Nobody reads it.
        }

        @Override
        public void orphaned(Channel kind) {
          // Nobody reads it.
        }
      };

  /** One came to its end. */
  void ended(Operation operation);

  /** What is open on this node, as it was just read. */
  void open(List<OpenOperations> open);

  /** Something that was nobody's is undone. */
  void compensated(Channel kind);

  /** Something that is nobody's is left to a person. */
  void orphaned(Channel kind);
}
