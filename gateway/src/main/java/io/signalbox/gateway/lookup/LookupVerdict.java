package io.signalbox.gateway.lookup;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import java.util.Optional;

/** What a receipt that was looked up says of an outcome that was unknown, as pure functions. */
public final class LookupVerdict {
  private LookupVerdict() {}

  /**
   * The outcome that the attempt had after all, if it certainly did not send and another provider
   * may: the provider failed, and gives no reason that lies with the recipient or the content.
   * Empty for all else: then the receipt is to be recorded, and says by itself where that leads.
   */
  public static Optional<Outcome> notSent(Receipt receipt) {
    boolean failed =
        receipt.status() == ReceiptStatus.FAILED || receipt.status() == ReceiptStatus.REJECTED;
    if (!failed) {
      return Optional.empty();
    }
    if (receipt.reason() == ReasonClass.NONE) {
      return Optional.of(new Outcome.Transient(evidence(receipt)));
    }
    return receipt.reason() == ReasonClass.CONFIGURATION
        ? Optional.of(new Outcome.ProviderFault(evidence(receipt)))
        : Optional.empty();
  }

  private static Evidence evidence(Receipt receipt) {
    String code = receipt.providerCode();
    return Evidence.unanswered(
        Progress.BODY_WRITTEN,
        code == null ? receipt.providerStatus() : code,
        "a look-up says " + receipt.status().wireName());
  }
}
