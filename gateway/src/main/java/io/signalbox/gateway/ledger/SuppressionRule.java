package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import java.util.Optional;

/**
 * What puts a recipient on the suppression list. One rule for all ledgers:
 *
 * <ul>
 *   <li>a complaint and an unsubscription, always;
 *   <li>a receipt of something not delivered because the address does not exist or cannot take
 *       messages of that kind;
 *   <li>a refusal at once because the address does not exist, or because its owner has complained
 *       or unsubscribed. A refusal as {@code invalid_recipient} is not enough there: it may be
 *       about the pair of sender and recipient;
 *   <li>never a provider's word that its own list holds the address: that list is mended there, and
 *       another provider may deliver.
 * </ul>
 */
public final class SuppressionRule {
  private SuppressionRule() {}

  /** Why the recipient of a receipt is put on the list; empty if it is not. */
  public static Optional<SuppressionReason> after(Receipt receipt) {
    return switch (receipt.status()) {
      case COMPLAINED -> Optional.of(SuppressionReason.COMPLAINT);
      case UNSUBSCRIBED -> Optional.of(SuppressionReason.UNSUBSCRIBED);
      case BOUNCED, FAILED, REJECTED ->
          receipt.reason() == ReasonClass.INVALID_RECIPIENT
              ? Optional.of(SuppressionReason.INVALID_RECIPIENT)
              : certain(receipt.reason());
      default -> Optional.empty();
    };
  }

  /** Why the recipient of an attempt is put on the list; empty if it is not. */
  public static Optional<SuppressionReason> after(Outcome outcome) {
    return outcome instanceof Outcome.Rejected rejected
        ? certain(rejected.reason())
        : Optional.empty();
  }

  private static Optional<SuppressionReason> certain(ReasonClass reason) {
    return switch (reason) {
      case HARD_BOUNCE -> Optional.of(SuppressionReason.HARD_BOUNCE);
      case COMPLAINT -> Optional.of(SuppressionReason.COMPLAINT);
      case UNSUBSCRIBED -> Optional.of(SuppressionReason.UNSUBSCRIBED);
      default -> Optional.empty();
    };
  }
}
