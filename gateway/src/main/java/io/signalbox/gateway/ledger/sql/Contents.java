package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.notification.NotificationCodec;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;

/**
 * The contents of notifications between their stored and their plain form.
 *
 * @param seal what they are stored under
 * @param codec reads the plain form
 */
record Contents(Seal seal, NotificationCodec codec) {

  /** What a content belongs to. */
  static String about(String tenant, long key) {
    return "notification:" + key + ":" + tenant;
  }

  /** Why one cannot be read, without a word of it. */
  static String why(RuntimeException failure) {
    return failure instanceof SealedException
        ? String.valueOf(failure.getMessage())
        : failure.getClass().getName();
  }

  /** What is stored of a request. */
  byte[] seal(AcceptRequest request) {
    return seal.seal(
        request.content().getBytes(), about(request.notification().tenant(), request.id().key()));
  }

  /** The plain form of what is stored; throws what {@link #read} throws. */
  byte[] open(byte[] stored, String tenant, long key) {
    return seal.open(stored, about(tenant, key));
  }

  /**
   * Reads what is stored of a notification.
   *
   * @throws SealedException if it cannot be opened
   * @throws IllegalArgumentException if it is nothing that this gateway has stored, or was erased
   */
  SendNotification read(byte[] stored, String tenant, long key, long acceptedAtMillis) {
    return codec.read(Buffer.buffer(open(stored, tenant, key)), tenant, acceptedAtMillis);
  }
}
