package io.signalbox.gateway.compat.twilio;

import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A message as Twilio tells it. What only the account of a provider knows is null. */
final class TwilioMessage {
  static final String ROOT = "/2010-04-01/Accounts/";
  static final String ID_PREFIX = "SM";

  private static final DateTimeFormatter RFC_2822 =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private TwilioMessage() {}

  /** Whose request it says it is. */
  static String account(DialectRequest request) {
    return request.path().getOrDefault("account", "");
  }

  /** What was just taken. */
  static JsonObject accepted(
      String account, NotificationId id, JsonObject notification, DialectMemo memo) {
    boolean byService = memo.custom().containsKey(TwilioFields.SERVICE);
    return json(
        account,
        id,
        notification,
        Optional.of(memo),
        TwilioStatus.of(notification.containsKey("send_at"), byService),
        new Times(id.timestampMillis(), id.timestampMillis(), OptionalLong.empty()));
  }

  /** What became of one. */
  static JsonObject json(String account, Timeline found) {
    JsonObject content = content(found);
    return json(
        account,
        found.id(),
        content,
        DialectMemo.of(content),
        TwilioStatus.of(found),
        new Times(found.acceptedAtMillis(), found.updatedAtMillis(), sentAt(found)));
  }

  /** Whether it is a message of Twilio's kind; what was removed for its age may be. */
  static boolean isOne(Timeline found) {
    JsonObject content = content(found);
    return content.isEmpty() || channel(content) != null;
  }

  /**
   * When it was accepted, changed and sent.
   *
   * @param sent empty if it was not
   */
  private record Times(long created, long updated, OptionalLong sent) {}

  private static JsonObject json(
      String account,
      NotificationId id,
      JsonObject content,
      Optional<DialectMemo> memo,
      TwilioStatus status,
      Times times) {
    String sid = ID_PREFIX + DialectIds.hex(id);
    String uri = ROOT + account + "/Messages/" + sid;
    String number = content.getString("recipient_phone");
    Channel channel = channel(content);
    String body = content.getString("message", "");
    return new JsonObject()
        .put("account_sid", account)
        .put("api_version", "2010-04-01")
        .put("body", body)
        .put("date_created", date(times.created()))
        .put("date_updated", date(times.updated()))
        .put("date_sent", times.sent().isEmpty() ? null : date(times.sent().getAsLong()))
        .put("direction", "outbound-api")
        .put("error_code", status.errorCode())
        .putNull("error_message")
        .put("from", memo.map(DialectMemo::sender).orElse(null))
        .put("messaging_service_sid", memo.map(TwilioMessage::service).orElse(null))
        .put("num_media", "0")
        .put("num_segments", Integer.toString(SmsSegments.of(body)))
        .putNull("price")
        .putNull("price_unit")
        .put("sid", sid)
        .put("status", status.status())
        .put("subresource_uris", new JsonObject().put("media", uri + "/Media.json"))
        .put(
            "to",
            number == null
                ? null
                : TwilioAddress.text(channel == null ? Channel.SMS : channel, number))
        .put("uri", uri + ".json");
  }

  private static @Nullable String service(DialectMemo memo) {
    return memo.custom().get(TwilioFields.SERVICE) instanceof String service ? service : null;
  }

  private static JsonObject content(Timeline found) {
    return found.content().length() == 0 ? new JsonObject() : new JsonObject(found.content());
  }

  /** Null if it is none of those that Twilio has. */
  private static @Nullable Channel channel(JsonObject content) {
    String name = content.getString("channel", "");
    return Channel.find(name)
        .filter(each -> each == Channel.SMS || each == Channel.WHATSAPP)
        .orElse(null);
  }

  private static OptionalLong sentAt(Timeline found) {
    return TwilioStatus.wasSent(found)
        ? found.attempts().stream()
            .filter(each -> each.outcome() == OutcomeKind.SENT)
            .mapToLong(Timeline.AttemptEntry::endedAtMillis)
            .max()
        : OptionalLong.empty();
  }

  private static String date(long millis) {
    return RFC_2822.format(Instant.ofEpochMilli(millis));
  }
}
