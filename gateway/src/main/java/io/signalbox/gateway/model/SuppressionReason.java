package io.signalbox.gateway.model;

import java.util.Locale;
import java.util.Optional;

/** Why a recipient is on the suppression list of a channel. */
public enum SuppressionReason {
  /** The address does not exist. */
  HARD_BOUNCE,
  /** A provider took a message and then found that nothing can be delivered to the address. */
  INVALID_RECIPIENT,
  /** The recipient has complained. */
  COMPLAINT,
  /** The recipient wants no more messages. */
  UNSUBSCRIBED,
  /** A person has decided so. */
  MANUAL;

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final String failure = "suppressed_" + wireName;

  /** The lower-case name used in the API, in the ledger and in metrics. */
  public String wireName() {
    return wireName;
  }

  /** The reason of a notification that failed for it. */
  public String failure() {
    return failure;
  }

  /** Finds the reason of a wire name. */
  public static Optional<SuppressionReason> find(String wireName) {
    for (SuppressionReason reason : values()) {
      if (reason.wireName.equals(wireName)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
