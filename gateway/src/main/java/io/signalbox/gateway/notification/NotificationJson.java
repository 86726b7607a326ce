package io.signalbox.gateway.notification;

import com.fasterxml.jackson.core.JsonGenerator;
import io.signalbox.spi.Channel;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.IntakeRequest;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.signalbox.spi.intake.TemplateChoice;
import io.signalbox.spi.intake.TemplatedNotification;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JSON object of the API as the stored form. Thread-safe. */
public final class NotificationJson implements NotificationCodec {

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the metadata hold something that JSON cannot
   */
  @Override
  public Buffer write(SendNotification notification) {
    return write(notification, null);
  }

  /**
   * The JSON object of what a co-located verticle asks for, as the API has it.
   *
   * @throws IllegalArgumentException if metadata or data hold something that JSON cannot
   */
  public Buffer write(IntakeRequest request) {
    return request instanceof TemplatedNotification templated
        ? write(templated.notification(), templated.template())
        : write((SendNotification) request, null);
  }

  private static Buffer write(SendNotification notification, @Nullable TemplateChoice template) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = NotificationParser.JSON.createGenerator(bytes)) {
      json.writeStartObject();
      writeFields(notification, json, template == null);
      if (template != null) {
        writeTemplate(template, json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  @Override
  public SendNotification read(Buffer content, String tenant, long acceptedAtMillis) {
    ParsedNotification parsed =
        NotificationParser.reread(content, tenant, Instant.ofEpochMilli(acceptedAtMillis));
    if (parsed instanceof ParsedNotification.Valid valid) {
      return valid.notification();
    }
    throw new IllegalArgumentException("not a stored notification: " + parsed);
  }

  private static void writeTemplate(TemplateChoice template, JsonGenerator json)
      throws IOException {
    json.writeStringField("template", template.name());
    Integer version = template.version();
    if (version != null) {
      json.writeNumberField("template_version", version);
    }
    writeText("locale", template.locale(), json);
    JsonValues.write(NotificationField.DATA, template.data(), json);
  }

  /**
   * Writes all fields.
   *
   * @param texts whether it must have texts; if not, they are written only if there are any
   */
  private static void writeFields(SendNotification n, JsonGenerator json, boolean texts)
      throws IOException {
    json.writeStringField("notification_type", n.type());
    json.writeStringField("channel", n.channel().wireName());
    for (Recipient recipient : n.recipients()) {
      writeRecipient(recipient, json);
    }
    if (texts || !n.content().equals(TemplatedNotification.NO_TEXTS)) {
      writeText("title", n.content().title(), json);
      writeText("message", n.content().message(), json);
      writeText("html", n.content().html(), json);
    }
    MailOptions mail = n.mail();
    if (mail != null) {
      writeMail(mail, json);
    }
    if (n.priority() != Priority.NORMAL) {
      json.writeStringField("priority", n.priority().wireName());
    }
    if (!n.fallbackChannels().isEmpty()) {
      json.writeArrayFieldStart("fallback_channels");
      for (Channel channel : n.fallbackChannels()) {
        json.writeString(channel.wireName());
      }
      json.writeEndArray();
    }
    writeText("send_at", text(n.sendAt()), json);
    writeText("expires_at", text(n.expiresAt()), json);
    Duration confirmWithin = n.confirmWithin();
    if (confirmWithin != null) {
      json.writeNumberField("confirm_within_seconds", Math.max(1, confirmWithin.toSeconds()));
    }
    writeText("on_unknown", n.onUnknown() == null ? null : n.onUnknown().wireName(), json);
    writeText("provider", n.provider(), json);
    writeText("policy", n.policy(), json);
    Integer maxAttempts = n.maxAttempts();
    if (maxAttempts != null) {
      json.writeNumberField("max_attempts", maxAttempts);
    }
    writeText("country", n.country(), json);
    if (!n.metadata().isEmpty()) {
      JsonValues.write(NotificationField.METADATA, n.metadata(), json);
    }
    if (!n.tags().isEmpty()) {
      JsonValues.write(NotificationField.TAGS, n.tags(), json);
    }
    if (n.ignoreSuppression()) {
      json.writeBooleanField("ignore_suppression", true);
    }
  }

  private static void writeMail(MailOptions mail, JsonGenerator json) throws IOException {
    writeText("from_email", mail.fromEmail(), json);
    writeText("from_name", mail.fromName(), json);
    if (!mail.replyTo().isEmpty()) {
      json.writeArrayFieldStart("reply_to");
      for (MailAddress address : mail.replyTo()) {
        writeAddress(address, json);
      }
      json.writeEndArray();
    }
  }

  private static void writeAddress(MailAddress address, JsonGenerator json) throws IOException {
    if (address.name() == null) {
      json.writeString(address.address());
      return;
    }
    json.writeStartObject();
    json.writeStringField("email", address.address());
    json.writeStringField("name", address.name());
    json.writeEndObject();
  }

  private static void writeRecipient(Recipient recipient, JsonGenerator json) throws IOException {
    if (recipient instanceof Recipient.Email email) {
      json.writeStringField("recipient_email", email.address());
    } else if (recipient instanceof Recipient.Phone phone) {
      json.writeStringField("recipient_phone", phone.address());
    } else if (recipient instanceof Recipient.TelegramChat chat) {
      json.writeNumberField("recipient_telegram_id", chat.chatId());
    }
  }

  private static void writeText(String name, @Nullable String value, JsonGenerator json)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
