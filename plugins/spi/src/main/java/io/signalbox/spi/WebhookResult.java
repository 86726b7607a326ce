package io.signalbox.spi;

import java.util.List;

/** What a provider made of a webhook. The gateway answers and stores accordingly. */
public sealed interface WebhookResult {

  /**
   * Authentic. Stored, then answered with 200.
   *
   * @param receipts what it says about messages, in the order of the body; empty for authentic
   *     events that say nothing about one
   * @param bookings what it says about bookings, in the order of the body; empty for authentic
   *     events that say nothing about one
   * @param rentals what it says about rented numbers, in the order of the body; empty for authentic
   *     events that say nothing about one
   */
  record Verified(List<Receipt> receipts, List<BookingChange> bookings, List<RentalNews> rentals)
      implements WebhookResult {
    /**
     * Copies the lists.
     *
     * @param receipts {@link #receipts()}
     * @param bookings {@link #bookings()}
     * @param rentals {@link #rentals()}
     */
    public Verified {
      receipts = List.copyOf(receipts);
      bookings = List.copyOf(bookings);
      rentals = List.copyOf(rentals);
    }

    /**
     * Of a provider that carries messages.
     *
     * @param receipts {@link #receipts()}
     */
    public Verified(List<Receipt> receipts) {
      this(receipts, List.of(), List.of());
    }

    /**
     * Of a provider that carries messages or makes bookings.
     *
     * @param receipts {@link #receipts()}
     * @param bookings {@link #bookings()}
     */
    public Verified(List<Receipt> receipts, List<BookingChange> bookings) {
      this(receipts, bookings, List.of());
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
