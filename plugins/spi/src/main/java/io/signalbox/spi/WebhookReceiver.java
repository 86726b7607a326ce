package io.signalbox.spi;

/** A provider that is told of outcomes by webhook. */
public interface WebhookReceiver extends Provider {

  /**
   * Verifies the signature on the raw bytes, then normalises. Pure computation: no I/O, no state,
   * and no input makes it throw.
   */
  WebhookResult receive(WebhookRequest request);
}
