package io.signalbox.spi;

import java.util.List;

/** What a provider made of a webhook. The gateway answers and stores accordingly. */
public sealed interface WebhookResult {

  /**
   * Authentic. Stored, then answered with 200.
   *
   * @param receipts in the order of the body; empty for authentic events that say nothing about a
   *     message
   */
  record Verified(List<Receipt> receipts) implements WebhookResult {
    /**
     * Copies the list.
     *
     * @param receipts {@link #receipts()}
     */
    public Verified {
      receipts = List.copyOf(receipts);
    }
  }

  /**
   * Authentic, and the provider expects a certain answer, such as the echo of a challenge.
   *
   * @param contentType media type of the answer
   * @param body the answer, sent with status 200
   */
  record Answer(String contentType, String body) implements WebhookResult {}

  /**
   * Not believed, or not understood. Changes nothing.
   *
   * @param refusal the kind, which decides the status of the answer
   * @param detail for the log and the metric; the caller of the webhook never sees it
   */
  record Refused(Refusal refusal, String detail) implements WebhookResult {}

  /** Kinds of refusal, with the HTTP status that the gateway answers. */
  enum Refusal {
    /** The signature or secret is missing or wrong. */
    UNAUTHENTICATED(401),
    /** The signature is right, its time is outside the tolerance. */
    STALE(403),
    /** Authentic, but not of a form that the provider documents. */
    MALFORMED(400);

    private final int httpStatus;

    Refusal(int httpStatus) {
      this.httpStatus = httpStatus;
    }

    /** {@return the status that the gateway answers} */
    public int httpStatus() {
      return httpStatus;
    }
  }
}
