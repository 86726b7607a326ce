package io.signalbox.gateway.compat;

/** A request cannot be done. An answer, not a bug: without a stack trace. */
public final class RefusedException extends RuntimeException {
  private final transient Refusal refusal;

  /** Refuses. */
  public RefusedException(Refusal refusal) {
    super(refusal.first().text(), null, false, false);
    this.refusal = refusal;
  }

  /** Refuses for one field. */
  public static RefusedException of(String field, String detail) {
    return new RefusedException(Refusal.of(field, detail));
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }
}
