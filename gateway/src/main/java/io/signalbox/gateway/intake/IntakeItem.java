package io.signalbox.gateway.intake;

import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.ledger.Sha256;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A checked notification with its JSON object, which is what is stored.
 *
 * @param notification what is asked for
 * @param content its JSON object
 * @param requestDigest SHA-256 of the JSON object that was asked for, if its idempotency key is to
 *     know it and the content is another; null otherwise
 * @param id made by {@link IntakeService#newId}, where others must know it before it is stored;
 *     null for one that nobody knows yet
 * @param claim the key of the whole request, of which nothing is stored if another request has it;
 *     null for none
 */
public record IntakeItem(
    SendNotification notification,
    Buffer content,
    @Nullable Buffer requestDigest,
    @Nullable NotificationId id,
    @Nullable RepeatedRequest claim) {

  /** A notification whose content is not what was asked for. */
  public IntakeItem(SendNotification notification, Buffer content, @Nullable Buffer requestDigest) {
    this(notification, content, requestDigest, null, null);
  }

  /** A notification whose content is what was asked for. */
  public IntakeItem(SendNotification notification, Buffer content) {
    this(notification, content, null);
  }

  /** The same with another content. */
  public IntakeItem with(Buffer other) {
    return new IntakeItem(notification, other, requestDigest, id, claim);
  }

  /**
   * What the parser has read.
   *
   * @param asked the JSON object that was asked for: the same, or one that names a template
   */
  public static IntakeItem of(ParsedNotification.Valid valid, Buffer asked) {
    SendNotification notification = valid.notification();
    Buffer content = valid.content();
    return content == asked || notification.idempotencyKey() == null
        ? new IntakeItem(notification, content)
        : new IntakeItem(notification, content, Buffer.buffer(Sha256.of(asked.getBytes())));
  }

  /** By what it is known if it was accepted before; null without an idempotency key. */
  @Nullable RepeatedRequest repeated() {
    String key = notification.idempotencyKey();
    if (key == null) {
      return null;
    }
    String tenant = notification.tenant();
    return requestDigest == null
        ? RepeatedRequest.of(tenant, key, content)
        : new RepeatedRequest(tenant, key, requestDigest);
  }
}
