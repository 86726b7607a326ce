package io.signalbox.gateway.ledger;

/**
 * Who does the jobs that one node does at a time. A node that takes a job keeps it for as long as
 * it lives; when others have taken it for dead, one of them takes the job. What this says may be
 * late by about a second, and later on a node that was frozen; so what a job writes is refused,
 * inside its transaction, with a {@link NotOurJobException} if it is another node's by then.
 * Thread-safe, cheap to ask.
 */
@FunctionalInterface
public interface Leases {
  /** Of a ledger that nobody can share. */
  Leases ALONE = job -> true;

  /** Whether a job is this node's to do. */
  boolean holds(Job job);
}
