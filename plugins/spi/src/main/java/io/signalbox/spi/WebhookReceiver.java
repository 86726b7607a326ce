package io.signalbox.spi;

import io.vertx.core.Future;

/** A provider that is told of outcomes by webhook. */
public interface WebhookReceiver extends Provider {

  /**
   * Verifies the signature on the raw bytes, then normalises. No input makes it throw, and it
   * changes nothing at the remote side but what its protocol asks for, such as the confirmation of
   * a subscription.
   *
   * @param request the webhook as it came in
   * @return always succeeds, and mostly at once; a provider whose keys are published at a URL may
   *     have to fetch one first. A failed Future means that the webhook could not be judged now: it
   *     is answered with 503, so that it is sent again.
   */
  Future<WebhookResult> receive(WebhookRequest request);
}
