package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Sends one notification, from options or from a file with its JSON object.")
final class SendCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

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

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "a repeated command with the same key sends nothing")
  private @Nullable String idempotencyKey;

  @Override
  public Integer call() {
    JsonObject body = body();
    HttpCall call = client.call(Role.SENDER);
    String path = "/api/v1/notifications/send";
    JsonObject answer =
        idempotencyKey == null
            ? call.post(path, body.encode())
            : call.post(path, body.encode(), "idempotency-key", idempotencyKey);
    output.result(
        answer,
        accepted ->
            output.line(
                accepted.getString("id")
                    + " "
                    + accepted.getString("status")
                    + (accepted.getBoolean("duplicate", false) ? " (sent before)" : "")));
    return 0;
  }

  private JsonObject body() {
    JsonObject body = file == null ? new JsonObject() : read(file);
    put(body, "notification_type", type == null && file == null ? "message" : type);
    put(body, "channel", channel == null && file == null ? "email" : channel);
    if (to != null) {
      body.put(addressField(body.getString("channel", "")), to);
    }
    put(body, "title", title);
    put(body, "message", message);
    put(body, "priority", priority);
    put(body, "provider", provider);
    if (ignoreSuppression) {
      body.put("ignore_suppression", true);
    }
    return body;
  }

  private static void put(JsonObject body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
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
