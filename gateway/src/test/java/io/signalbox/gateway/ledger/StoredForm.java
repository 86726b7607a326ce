package io.signalbox.gateway.ledger;

import io.signalbox.gateway.notification.NotificationCodec;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** A stored form with just what ledgers care about, for their tests. */
public final class StoredForm implements NotificationCodec {

  @Override
  public Buffer write(SendNotification notification) {
    return new JsonObject()
        .put("type", notification.type())
        .put("channel", notification.channel().wireName())
        .put("message", notification.content().message())
        .put("priority", notification.priority().level())
        .put("to", notification.recipients().stream().map(Recipient::address).toList())
        .toBuffer();
  }

  @Override
  public SendNotification read(Buffer content, String tenant, long acceptedAtMillis) {
    JsonObject json;
    try {
      json = content.toJsonObject();
    } catch (DecodeException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    return notification(
        tenant,
        json.getString("type"),
        Channel.find(json.getString("channel")).orElseThrow(),
        json.getString("message"),
        Priority.ofLevel(json.getInteger("priority")),
        null,
        json.getJsonArray("to").stream().map(to -> recipient(to.toString())).toList());
  }

  private static Recipient recipient(String address) {
    if (address.contains("@")) {
      return new Recipient.Email(address);
    }
    return address.startsWith("+")
        ? new Recipient.Phone(address)
        : new Recipient.TelegramChat(Long.parseLong(address));
  }

  /** A notification with what the stored form holds, and an idempotency key. */
  public static SendNotification notification(
      String tenant, String type, Channel channel, String message, Priority priority, String key) {
    return notification(
        tenant,
        type,
        channel,
        message,
        priority,
        key,
        List.of(new Recipient.Email("someone@example.org")));
  }

  private static SendNotification notification(
      String tenant,
      String type,
      Channel channel,
      String message,
      Priority priority,
      String key,
      List<Recipient> recipients) {
    return new SendNotification(
        tenant,
        type,
        channel,
        recipients,
        new Content(null, message, null),
        priority,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        false,
        key);
  }
}
