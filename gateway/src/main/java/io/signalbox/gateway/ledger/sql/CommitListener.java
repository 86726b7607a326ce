package io.signalbox.gateway.ledger.sql;

/** Is told of each commit. */
@FunctionalInterface
public interface CommitListener {

  /**
   * A commit is durable. Called on the writer's thread; must return at once.
   *
   * @param tookNanos how long it took, with the changes in it
   * @param changes how many it held
   */
  void committed(long tookNanos, int changes);
}
