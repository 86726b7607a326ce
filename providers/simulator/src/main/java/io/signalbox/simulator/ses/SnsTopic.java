package io.signalbox.simulator.ses;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.WebUrl;
import io.signalbox.simulator.webhook.WebhookCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The SNS topic of an account, with at most one HTTP subscription. Nothing is posted to it before
 * it is confirmed; what comes earlier waits, up to a limit.
 */
final class SnsTopic {
  private static final int MAX_HELD = 20_000;
  private static final int TOKEN_LENGTH = 256;
  private static final String HOST = "https://sns." + SesAccount.REGION + ".amazonaws.com/";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final SesAccount account;
  private final PluginState state;
  private final SnsSignature signature;
  private final String certificatePath;
  private final ArrayDeque<JsonObject> held = new ArrayDeque<>();
  private @Nullable URI endpoint;
  private String token = "";
  private boolean confirmed;

  SnsTopic(SesAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.signature = new SnsSignature(account.snsPrivateKey());
    this.certificatePath = "/SimpleNotificationService-" + state.ids().hex(32) + ".pem";
  }

  /** A time as SNS and SES write it. */
  static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** Whether a request is one that SNS serves, and not SES. */
  boolean serves(String path) {
    return path.equals("/") || path.endsWith(".pem");
  }

  /** The certificate, or the confirmation of the subscription. */
  Answer answer(String path, @Nullable String query) {
    if (path.equals(certificatePath)) {
      return new Answer(
          200,
          Map.of("Content-Type", "application/x-x509-ca-cert"),
          Buffer.buffer(account.snsCertificate()));
    }
    Map<String, List<String>> asked = Fields.form(query).orElse(Map.of());
    if (!path.equals("/") || !"ConfirmSubscription".equals(Fields.first(asked, "Action"))) {
      return Answer.empty(404);
    }
    boolean ours =
        account.topicArn().equals(Fields.first(asked, "TopicArn"))
            && token.equals(Fields.first(asked, "Token"));
    return ours ? confirm() : error();
  }

  /** Takes another endpoint and asks it to confirm; the same one is asked until it has. */
  void subscribe(@Nullable String url) {
    URI wanted = url == null ? null : WebUrl.parse(url).orElse(null);
    if (Objects.equals(wanted, endpoint) && (confirmed || wanted == null)) {
      return;
    }
    if (!Objects.equals(wanted, endpoint)) {
      held.clear();
    }
    endpoint = wanted;
    confirmed = false;
    token = state.ids().hex(TOKEN_LENGTH);
    if (wanted != null) {
      post(
          message("SubscriptionConfirmation")
              .put("Token", token)
              .put(
                  "Message",
                  "You have chosen to subscribe to the topic "
                      + account.topicArn()
                      + ".\nTo confirm the subscription, visit the SubscribeURL included in this"
                      + " message.")
              .put(
                  "SubscribeURL",
                  HOST
                      + "?Action=ConfirmSubscription&TopicArn="
                      + account.topicArn()
                      + "&Token="
                      + token));
    }
  }

  /** Tells the subscription of an event of SES. */
  void publish(JsonObject event) {
    if (endpoint == null) {
      return;
    }
    JsonObject message =
        message("Notification")
            .put("Subject", "Amazon SES Email Event Notification")
            .put("Message", event.encode())
            .put(
                "UnsubscribeURL",
                HOST + "?Action=Unsubscribe&SubscriptionArn=" + account.topicArn() + ":1");
    if (confirmed) {
      post(message);
    } else if (held.size() < MAX_HELD) {
      held.add(message);
    } else {
      state.webhooks().countDropped();
    }
  }

  private Answer confirm() {
    confirmed = true;
    for (JsonObject next = held.poll(); next != null; next = held.poll()) {
      post(next);
    }
    return new Answer(
        200,
        Map.of("Content-Type", "text/xml"),
        Buffer.buffer(
            "<ConfirmSubscriptionResponse><ConfirmSubscriptionResult><SubscriptionArn>"
                + account.topicArn()
                + ":1</SubscriptionArn></ConfirmSubscriptionResult></ConfirmSubscriptionResponse>"));
  }

  private static Answer error() {
    return new Answer(
        400,
        Map.of("Content-Type", "text/xml"),
        Buffer.buffer(
            "<ErrorResponse><Error><Code>InvalidParameter</Code></Error></ErrorResponse>"));
  }

  private JsonObject message(String type) {
    return new JsonObject()
        .put("Type", type)
        .put("MessageId", state.ids().uuid())
        .put("TopicArn", account.topicArn())
        .put("Timestamp", time(state.clock().instant()));
  }

  private void post(JsonObject message) {
    message
        .put("SignatureVersion", SnsSignature.VERSION)
        .put("Signature", signature.of(message))
        .put("SigningCertURL", HOST + certificatePath.substring(1));
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "text/plain; charset=UTF-8",
            "User-Agent",
            "Amazon Simple Notification Service Agent",
            "x-amz-sns-message-type",
            message.getString("Type"),
            "x-amz-sns-message-id",
            message.getString("MessageId"),
            "x-amz-sns-topic-arn",
            account.topicArn());
    Optional.ofNullable(endpoint)
        .ifPresent(url -> state.webhooks().send(new WebhookCall(url, headers, message.toBuffer())));
  }
}
