package io.signalbox.gateway.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A notification as it is typed, or as a file has it. */
final class NotificationOptions {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "a JSON object; other options add to it")
  private @Nullable Path file;

  @Option(
      names = "--type",
      paramLabel = "NAME",
      description = "notification_type; default: message")
  private @Nullable String type;

  @Option(names = "--channel", description = "email, sms, whatsapp or telegram; default: email")
  private @Nullable String channel;

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "the address that the channel needs")
  private @Nullable String to;

  @Option(names = "--title", paramLabel = "TEXT", description = "subject or headline")
  private @Nullable String title;

  @Option(names = "--message", paramLabel = "TEXT", description = "what it says")
  private @Nullable String message;

  @Option(names = "--priority", description = "urgent, high, normal or low")
  private @Nullable String priority;

  @Option(names = "--provider", paramLabel = "ID", description = "the only provider to use")
  private @Nullable String provider;

  @Option(
      names = "--ignore-suppression",
      description = "send although the recipient is on the suppression list")
  private boolean ignoreSuppression;

  /** The channel that is typed; null if none is. */
  @Nullable String channel() {
    return channel;
  }

  /** The JSON object that they say. */
  JsonObject notification() {
    JsonObject body = file == null ? new JsonObject() : read(file);
    Typed.put(body, "notification_type", type == null && file == null ? "message" : type);
    Typed.put(body, "channel", channel == null && file == null ? "email" : channel);
    if (to != null) {
      body.put(addressField(body.getString("channel", "")), to);
    }
    Typed.put(body, "title", title);
    Typed.put(body, "message", message);
    Typed.put(body, "priority", priority);
    Typed.put(body, "provider", provider);
    if (ignoreSuppression) {
      body.put("ignore_suppression", true);
    }
    return body;
  }

  private static String addressField(String channel) {
    return switch (channel) {
      case "sms", "whatsapp" -> "recipient_phone";
      case "telegram" -> "recipient_telegram_id";
      default -> "recipient_email";
    };
  }

  private static JsonObject read(Path file) {
    try {
      return new JsonObject(Files.readString(file));
    } catch (IOException | RuntimeException e) {
      throw new CommandFailure(ExitCodes.BAD_DATA, file + " must hold a JSON object");
    }
  }
}
