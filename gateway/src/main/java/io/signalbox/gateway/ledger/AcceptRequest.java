package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification to be stored.
 *
 * @param id its new id
 * @param notification what was asked for
 * @param fallbackChannels the channels that it may take after its own, by itself or its policy
 * @param content the same as the JSON object that is stored
 * @param batch whether it is an item of a batch
 * @param state {@code queued}, or {@code scheduled} if it has a {@code send_at} in the future
 * @param acceptedAtMillis now
 * @param dueAtMillis when work on it may begin
 * @param subject who asked, as the token names it; null for co-located verticles
 * @param requestDigest SHA-256 of what was asked for, by which an idempotency key knows a request;
 *     null: of the content, which is what was asked for
 * @param trace where it stands in the trace of the request that brought it
 * @param claim the key of the whole request that brought it together with others, and what that
 *     asks for: nothing of another request with that key is stored; null for none
 */
public record AcceptRequest(
    NotificationId id,
    SendNotification notification,
    List<Channel> fallbackChannels,
    Buffer content,
    boolean batch,
    NotificationState state,
    long acceptedAtMillis,
    long dueAtMillis,
    @Nullable String subject,
    @Nullable Buffer requestDigest,
    TraceContext trace,
    @Nullable RepeatedRequest claim) {

  /** Copies the list. */
  public AcceptRequest {
    fallbackChannels = List.copyOf(fallbackChannels);
  }

  /** The same under another id. */
  public AcceptRequest withId(NotificationId other) {
    return new AcceptRequest(
        other,
        notification,
        fallbackChannels,
        content,
        batch,
        state,
        acceptedAtMillis,
        dueAtMillis,
        subject,
        requestDigest,
        trace,
        claim);
  }

  /** The same with other fallback channels. */
  public AcceptRequest withFallbacks(List<Channel> channels) {
    return new AcceptRequest(
        id,
        notification,
        channels,
        content,
        batch,
        state,
        acceptedAtMillis,
        dueAtMillis,
        subject,
        requestDigest,
        trace,
        claim);
  }

  /** A notification that no key of a whole request stands for. */
  public AcceptRequest(
      NotificationId id,
      SendNotification notification,
      List<Channel> fallbackChannels,
      Buffer content,
      boolean batch,
      NotificationState state,
      long acceptedAtMillis,
      long dueAtMillis,
      @Nullable String subject,
      @Nullable Buffer requestDigest,
      TraceContext trace) {
    this(
        id,
        notification,
        fallbackChannels,
        content,
        batch,
        state,
        acceptedAtMillis,
        dueAtMillis,
        subject,
        requestDigest,
        trace,
        null);
  }

  /** A notification whose content is what was asked for, in a trace of its own. */
  public AcceptRequest(
      NotificationId id,
      SendNotification notification,
      List<Channel> fallbackChannels,
      Buffer content,
      boolean batch,
      NotificationState state,
      long acceptedAtMillis,
      long dueAtMillis,
      @Nullable String subject) {
    this(
        id,
        notification,
        fallbackChannels,
        content,
        batch,
        state,
        acceptedAtMillis,
        dueAtMillis,
        subject,
        null,
        TraceContext.of(id));
  }

  /** A notification that came alone, and whose fallback channels are its own. */
  public AcceptRequest(
      NotificationId id,
      SendNotification notification,
      Buffer content,
      NotificationState state,
      long acceptedAtMillis,
      long dueAtMillis,
      @Nullable String subject) {
    this(
        id,
        notification,
        notification.fallbackChannels(),
        content,
        false,
        state,
        acceptedAtMillis,
        dueAtMillis,
        subject);
  }
}
