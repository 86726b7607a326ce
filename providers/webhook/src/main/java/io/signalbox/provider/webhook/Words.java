package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Our own words in a configuration. */
final class Words {
  private Words() {}

  /** A class of reason, such as {@code hard_bounce}; a mistake is told under the key. */
  static ReasonClass reason(ConfigReader reader, String key, String word) {
    for (ReasonClass reason : ReasonClass.values()) {
      if (reason.wireName().equals(word)) {
        return reason;
      }
    }
    reader.problem(
        key,
        "must be one of "
            + Arrays.stream(ReasonClass.values())
                .map(ReasonClass::wireName)
                .collect(Collectors.joining(", ")));
    return ReasonClass.NONE;
  }

  /** A status of a receipt, such as {@code delivered}; a mistake is told under the key. */
  static ReceiptStatus status(ConfigReader reader, String key, String word) {
    for (ReceiptStatus status : ReceiptStatus.values()) {
      if (status.wireName().equals(word)) {
        return status;
      }
    }
    reader.problem(
        key,
        "must be one of "
            + Arrays.stream(ReceiptStatus.values())
                .map(ReceiptStatus::wireName)
                .collect(Collectors.joining(", ")));
    return ReceiptStatus.UNKNOWN;
  }
}
