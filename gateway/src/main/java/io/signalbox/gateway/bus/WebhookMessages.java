package io.signalbox.gateway.bus;

import io.signalbox.spi.WebhookRequest;

/** The conversation about webhooks and what they tell. */
public final class WebhookMessages {
  private WebhookMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface WebhookMessage extends LocalMessage {}

  /** A webhook came in; answered with {@link Answer} once it is stored or refused. */
  public record Arrived(String provider, WebhookRequest request) implements WebhookMessage {}

  /** What to answer the provider. */
  public record Answer(int status, String contentType, String body) implements WebhookMessage {}
}
