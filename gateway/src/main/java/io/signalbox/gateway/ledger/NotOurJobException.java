package io.signalbox.gateway.ledger;

/** A change was not stored because it belongs to a job that another node does by now. */
public final class NotOurJobException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Tells which job. */
  public NotOurJobException(Job job) {
    super("another node does this job: " + job.wireName());
  }
}
