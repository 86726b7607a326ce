package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackQueue.Subject;
import io.signalbox.gateway.ledger.EventTypes;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Understands stored events, with what is known of their notifications. */
final class HookReader {
  private static final Map<String, HookKind> KINDS = new HashMap<>();
  private static final String BOUNCED = EventTypes.of(ReceiptStatus.BOUNCED);

  /** What tests tell of: nobody's. */
  private static final String NOBODYS_EMAIL = "test@example.com";

  private static final String NOBODYS_NUMBER = "+15005550006";
  private static final String TEST_ID_PREFIX = "evt_";

  static {
    moved(NotificationState.SENT, HookKind.SENT);
    moved(NotificationState.DELIVERED, HookKind.DELIVERED);
    moved(NotificationState.FAILED, HookKind.FAILED);
    moved(NotificationState.DEAD_LETTER, HookKind.FAILED);
    moved(NotificationState.EXPIRED, HookKind.EXPIRED);
    moved(NotificationState.CANCELLED, HookKind.CANCELLED);
    KINDS.put(EventTypes.of(ReceiptStatus.DEFERRED), HookKind.DEFERRED);
    KINDS.put(EventTypes.of(ReceiptStatus.OPENED), HookKind.OPENED);
    KINDS.put(EventTypes.of(ReceiptStatus.CLICKED), HookKind.CLICKED);
    KINDS.put(EventTypes.of(ReceiptStatus.READ), HookKind.READ);
    KINDS.put(EventTypes.of(ReceiptStatus.COMPLAINED), HookKind.COMPLAINED);
    KINDS.put(EventTypes.of(ReceiptStatus.UNSUBSCRIBED), HookKind.UNSUBSCRIBED);
  }

  private HookReader() {}

  private static void moved(NotificationState to, HookKind kind) {
    KINDS.put(Objects.requireNonNull(EventTypes.of(to)), kind);
  }

  /** What an event tells in a format; empty for nothing. */
  static Optional<HookNews> read(CallbackFormat format, Due due) {
    JsonObject event = due.content().toJsonObject();
    String type = event.getString("type");
    if (type.equals(EventTypes.CALLBACK_TEST)) {
      return Optional.of(test(format, due.eventId(), Instant.parse(event.getString("time"))));
    }
    JsonObject data = event.getJsonObject("data");
    HookKind kind = kind(type, due.subject());
    Channel channel = Channel.find(data.getString("channel", "")).orElse(null);
    NotificationId id = NotificationId.parse(data.getString("notification_id", "")).orElse(null);
    if (kind == null || id == null || channel == null || !format.speaksOf(channel)) {
      return Optional.empty();
    }
    JsonObject content = content(due.subject());
    if (content.isEmpty()) {
      // Erased or removed: whose it was is not told again.
      return Optional.empty();
    }
    return Optional.of(
        new HookNews(
            due.eventId(),
            kind,
            id,
            channel,
            data.getString("recipient", ""),
            ReasonClass.valueOf(data.getString("reason").toUpperCase(Locale.ROOT)),
            data.getString("provider_message_id") != null,
            data.getString("provider_code"),
            data.getString("provider_text"),
            Instant.parse(data.getString("occurred_at")),
            content.getString("title"),
            memo(content, format)));
  }

  private static @Nullable HookKind kind(String type, @Nullable Subject subject) {
    HookKind kind = KINDS.get(type);
    if (kind != null || !type.equals(BOUNCED) || subject == null) {
      return kind;
    }
    // It moved nothing, since it came after the delivery; of several attempts one may still count.
    boolean late = subject.state() == NotificationState.DELIVERED && subject.attempts() == 1;
    return late ? HookKind.FAILED : null;
  }

  /** What is stored of a notification; empty if it is gone. */
  static JsonObject content(@Nullable Subject subject) {
    Buffer stored = subject == null ? Buffer.buffer() : subject.content();
    return stored.length() == 0 ? new JsonObject() : stored.toJsonObject();
  }

  private static DialectMemo memo(JsonObject content, CallbackFormat format) {
    return DialectMemo.of(content).orElseGet(() -> DialectMemo.of(format.wireName()));
  }

  private static HookNews test(CallbackFormat format, String eventId, Instant at) {
    boolean email = format.speaksOf(Channel.EMAIL);
    return new HookNews(
        eventId,
        HookKind.DELIVERED,
        NotificationId.parse(eventId.substring(TEST_ID_PREFIX.length())).orElseThrow(),
        email ? Channel.EMAIL : Channel.SMS,
        email ? NOBODYS_EMAIL : NOBODYS_NUMBER,
        ReasonClass.NONE,
        true,
        null,
        null,
        at,
        null,
        DialectMemo.of(format.wireName()));
  }
}
