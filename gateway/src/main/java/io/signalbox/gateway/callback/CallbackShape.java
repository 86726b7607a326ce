package io.signalbox.gateway.callback;

import io.signalbox.gateway.compat.hooks.HookRequest;
import io.signalbox.gateway.compat.hooks.HookTarget;
import io.signalbox.gateway.compat.hooks.Hooks;
import io.signalbox.gateway.compat.hooks.WebhookSigner;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.CloudEventJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is sent of an event, and where to. Pure functions. */
final class CallbackShape {
  private CallbackShape() {}

  /** Where an event goes; empty for nowhere, if the message that names it is erased. */
  static Optional<String> url(CallbackEndpoint endpoint, Due due) {
    return endpoint.form().perMessage() ? Hooks.address(due) : Optional.of(endpoint.url());
  }

  /** The request; empty if the endpoint's format has no word for the event. */
  static Optional<HookRequest> request(
      CallbackEndpoint endpoint, Due due, String url, Instant now) {
    List<CallbackSecret> secrets =
        endpoint.secrets().stream().filter(secret -> secret.signsAt(now.toEpochMilli())).toList();
    CallbackFormat format = endpoint.form().format();
    return format == CallbackFormat.CLOUDEVENTS
        ? Optional.of(cloudEvent(secrets, due, now.getEpochSecond()))
        : Hooks.request(
            format, due, new HookTarget(url, secrets, endpoint.form().signatureMethod(), now));
  }

  private static HookRequest cloudEvent(List<CallbackSecret> secrets, Due due, long seconds) {
    return new HookRequest(
        CloudEventJson.MEDIA_TYPE,
        Map.of(
            "webhook-id",
            due.eventId(),
            "webhook-timestamp",
            Long.toString(seconds),
            "webhook-signature",
            WebhookSigner.signatures(secrets, due.eventId(), seconds, due.content())),
        due.content());
  }
}
