package io.signalbox.deploy.resilience;

import io.signalbox.deploy.SimulatorProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The send call of one provider's real API, as an application calls it without a gateway. */
final class ProviderWire {
  private static final String FROM = "signalbox@example.com";
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  private final String plugin;
  private final String url;
  private final JsonObject account;
  private final Duration timeout;

  private ProviderWire(String plugin, JsonObject described, Duration timeout) {
    this.plugin = plugin;
    this.url = described.getString("url");
    this.account = described.getJsonObject("account");
    this.timeout = timeout;
  }

  /** How an attempt ended, as far as an application without receipts can tell. */
  enum End {
    SENT,
    THROTTLED,
    FAILED,
    REFUSED
  }

  static ProviderWire of(String plugin, SimulatorProcess simulator, Duration timeout) {
    return new ProviderWire(plugin, simulator.describe(plugin), timeout);
  }

  String plugin() {
    return plugin;
  }

  /** Sends a mail in the form of the gateway's API; never fails. */
  CompletableFuture<End> send(int number, JsonObject mail) {
    return HTTP.sendAsync(request(number, mail), BodyHandlers.discarding())
        .handle((response, failure) -> failure == null ? end(response) : end(failure));
  }

  private static End end(HttpResponse<Void> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return End.SENT;
    }
    if (status == 429) {
      return End.THROTTLED;
    }
    return status >= 400 && status < 500 ? End.REFUSED : End.FAILED;
  }

  /** Refused, cut and timed out are all the same to it: nobody can look behind an IOException. */
  private static End end(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof IOException) {
      return End.FAILED;
    }
    throw new CompletionException(cause);
  }

  private HttpRequest request(int number, JsonObject mail) {
    return switch (plugin) {
      case "sendgrid" ->
          json("/v3/mail/send", sendGrid(mail))
              .header("Authorization", "Bearer " + account.getString("api_key"))
              .build();
      case "resend" ->
          json("/emails", resend(mail))
              .header("Authorization", "Bearer " + account.getString("api_key"))
              .header("Idempotency-Key", "mail-" + number)
              .header("User-Agent", "application/1.0")
              .build();
      case "postmark" ->
          json("/email", postmark(mail))
              .header("Accept", "application/json")
              .header("X-Postmark-Server-Token", account.getString("server_token"))
              .build();
      default -> throw new IllegalArgumentException(plugin);
    };
  }

  private HttpRequest.Builder json(String path, JsonObject body) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.encode()));
  }

  private static JsonObject sendGrid(JsonObject mail) {
    JsonObject to = new JsonObject().put("email", mail.getString("recipient_email"));
    return new JsonObject()
        .put(
            "personalizations",
            new JsonArray().add(new JsonObject().put("to", new JsonArray().add(to))))
        .put("from", new JsonObject().put("email", FROM))
        .put("subject", mail.getString("title"))
        .put(
            "content",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("type", "text/plain")
                        .put("value", mail.getString("message"))));
  }

  private static JsonObject resend(JsonObject mail) {
    return new JsonObject()
        .put("from", FROM)
        .put("to", new JsonArray().add(mail.getString("recipient_email")))
        .put("subject", mail.getString("title"))
        .put("text", mail.getString("message"));
  }

  private static JsonObject postmark(JsonObject mail) {
    return new JsonObject()
        .put("From", FROM)
        .put("To", mail.getString("recipient_email"))
        .put("Subject", mail.getString("title"))
        .put("TextBody", mail.getString("message"));
  }
}
