package io.signalbox.gateway.intake;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.spi.intake.Accepted;
import io.vertx.core.Future;

/** What became of one notification. */
public sealed interface IntakeResult {

  /**
   * What whoever sent it alone is told.
   *
   * @return fails with a {@link GatewayException} unless it is stored
   */
  Future<Accepted> alone();

  /** It is stored, now or by an earlier request with the same idempotency key. */
  record Stored(Accepted accepted) implements IntakeResult {
    @Override
    public Future<Accepted> alone() {
      return Future.succeededFuture(accepted);
    }
  }

  /**
   * It was not taken, while others of its batch were: they are more urgent, or were stored before
   * nothing could be stored any more.
   *
   * @param detail for the client
   */
  record Shed(String detail) implements IntakeResult {
    @Override
    public Future<Accepted> alone() {
      return Future.failedFuture(new GatewayException(503, detail));
    }
  }

  /** It was not taken: its quota is used up. */
  record OverQuota() implements IntakeResult {
    /** For the client. */
    public static final String DETAIL =
        "the quota of notifications is used up; GET /api/v1/quotas says which, and until when";

    @Override
    public Future<Accepted> alone() {
      return Future.failedFuture(new GatewayException(429, "quota-exceeded", DETAIL));
    }
  }

  /** Its idempotency key was used before, with another request. */
  record KeyReused() implements IntakeResult {
    /** For the client. */
    public static final String DETAIL =
        "the idempotency key was used before, with another notification";

    @Override
    public Future<Accepted> alone() {
      return Future.failedFuture(new GatewayException(422, "idempotency-key-reused", DETAIL));
    }
  }
}
