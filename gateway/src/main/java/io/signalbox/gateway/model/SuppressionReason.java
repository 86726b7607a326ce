package io.signalbox.gateway.model;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** Whether a notification that failed for that reason failed because of the suppression list. */
  public static boolean isFailure(@Nullable String reason) {
    for (SuppressionReason one : values()) {
      if (one.failure.equals(reason)) {
        return true;
      }
    }
    return false;
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
