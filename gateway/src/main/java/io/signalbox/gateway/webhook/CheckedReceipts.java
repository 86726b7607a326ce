package io.signalbox.gateway.webhook;

import io.signalbox.gateway.text.Masks;
import io.signalbox.spi.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Receipts that any ledger can store. What a plugin makes of a body is checked before the provider
 * is told that we have it: afterwards nobody would send it again.
 */
public final class CheckedReceipts {
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private CheckedReceipts() {}

  /**
   * Checks receipts; a time that no calendar has becomes the time of arrival, and recipients are
   * taken out of providers' words.
   *
   * @throws NullPointerException if a receipt lacks what the SPI says that it must have
   */
  public static List<Receipt> of(List<Receipt> receipts, Instant receivedAt) {
    List<Receipt> checked = new ArrayList<>(receipts.size());
    for (Receipt receipt : receipts) {
      Objects.requireNonNull(receipt.eventId(), "a receipt has no event id");
      Objects.requireNonNull(receipt.status(), "a receipt has no status");
      Objects.requireNonNull(receipt.reason(), "a receipt has no reason");
      Objects.requireNonNull(receipt.providerStatus(), "a receipt has no status of the provider");
      Objects.requireNonNull(receipt.occurredAt(), "a receipt has no time");
      Instant time = isPossible(receipt.occurredAt()) ? receipt.occurredAt() : receivedAt;
      String text = Masks.recipient(receipt.providerText(), receipt.recipient());
      boolean same =
          time.equals(receipt.occurredAt()) && Objects.equals(text, receipt.providerText());
      checked.add(same ? receipt : changed(receipt, text, time));
    }
    return checked;
  }

  private static boolean isPossible(Instant time) {
    return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
  }

  private static Receipt changed(Receipt receipt, @Nullable String text, Instant time) {
    return new Receipt(
        receipt.eventId(),
        receipt.attemptId(),
        receipt.providerMessageId(),
        receipt.status(),
        receipt.reason(),
        receipt.providerStatus(),
        receipt.providerCode(),
        text,
        receipt.recipient(),
        time);
  }
}
