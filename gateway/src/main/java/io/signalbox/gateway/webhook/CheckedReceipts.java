package io.signalbox.gateway.webhook;

import io.signalbox.spi.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Receipts that any ledger can store. What a plugin makes of a body is checked before the provider
 * is told that we have it: afterwards nobody would send it again.
 */
public final class CheckedReceipts {
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private static final String MASK = "(recipient)";

  /** What is shorter may stand in a text for something else. */
  private static final int SHORTEST = 5;

  private static final Pattern MAIL = Pattern.compile("[\\w.%+-]{1,100}@[\\w.-]{1,200}");

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
      String text = masked(receipt.providerText(), receipt.recipient());
      boolean same =
          time.equals(receipt.occurredAt()) && Objects.equals(text, receipt.providerText());
      checked.add(same ? receipt : changed(receipt, text, time));
    }
    return checked;
  }

  private static boolean isPossible(Instant time) {
    return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
  }

  private static @Nullable String masked(@Nullable String text, @Nullable String recipient) {
    if (text == null) {
      return null;
    }
    String bare = recipient == null ? "" : recipient.replaceFirst("^\\+", "");
    String known =
        bare.length() < SHORTEST
            ? text
            : Pattern.compile("\\+?" + Pattern.quote(bare), Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .replaceAll(MASK);
    return known.indexOf('@') < 0 ? known : MAIL.matcher(known).replaceAll(MASK);
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
