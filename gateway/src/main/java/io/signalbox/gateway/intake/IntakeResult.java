package io.signalbox.gateway.intake;

import io.signalbox.spi.intake.Accepted;

/** What became of one notification. */
public sealed interface IntakeResult {

  /** It is stored, now or by an earlier request with the same idempotency key. */
  record Stored(Accepted accepted) implements IntakeResult {}

  /**
   * It was not taken, while others of its batch were: they are more urgent.
   *
   * @param detail for the client
   */
  record Shed(String detail) implements IntakeResult {}

  /** It was not taken: its quota is used up. */
  record OverQuota() implements IntakeResult {
    /** For the client. */
    public static final String DETAIL =
        "the quota of notifications is used up; GET /api/v1/quotas says which, and until when";
  }

  /** Its idempotency key was used before, with another request. */
  record KeyReused() implements IntakeResult {
    /** For the client. */
    public static final String DETAIL =
        "the idempotency key was used before, with another notification";
  }
}
