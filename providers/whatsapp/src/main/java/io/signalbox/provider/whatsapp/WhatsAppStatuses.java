package io.signalbox.provider.whatsapp;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.toolkit.Verdict;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** WhatsApp's message statuses and the codes of failed messages in our words. */
final class WhatsAppStatuses {
  private static final Map<String, ReceiptStatus> STATUSES =
      Map.of(
          "sent", ReceiptStatus.SENT,
          "delivered", ReceiptStatus.DELIVERED,
          "read", ReceiptStatus.READ,
          "played", ReceiptStatus.READ,
          "failed", ReceiptStatus.FAILED);

  /** Refusals that their reason alone does not show. */
  private static final Set<String> REJECTED =
      Set.of(
          WhatsAppErrors.NOT_ON_ALLOW_LIST, WhatsAppErrors.SPAM_RATE, WhatsAppErrors.POLICY_BLOCK);

  private final WhatsAppErrors errors;

  WhatsAppStatuses(WhatsAppErrors errors) {
    this.errors = errors;
  }

  /** A status in our words. */
  record Meaning(ReceiptStatus status, ReasonClass reason) {}

  /**
   * What a status means.
   *
   * @param code of the first error; null if there is none
   */
  Meaning meaning(String providerStatus, @Nullable String code) {
    ReceiptStatus status = STATUSES.getOrDefault(providerStatus, ReceiptStatus.UNKNOWN);
    if (status != ReceiptStatus.FAILED) {
      return new Meaning(status, ReasonClass.NONE);
    }
    ReasonClass reason = reason(code);
    return new Meaning(failure(reason, code), reason);
  }

  private ReasonClass reason(@Nullable String code) {
    if (WhatsAppErrors.SPAM_RATE.equals(code)) {
      return ReasonClass.BLOCKED;
    }
    Verdict verdict = errors.verdict(code);
    return verdict.kind() == OutcomeKind.PROVIDER_FAULT
        ? ReasonClass.CONFIGURATION
        : verdict.reason();
  }

  private static ReceiptStatus failure(ReasonClass reason, @Nullable String code) {
    if (reason == ReasonClass.HARD_BOUNCE) {
      return ReceiptStatus.BOUNCED;
    }
    boolean refused =
        reason == ReasonClass.BLOCKED
            || reason == ReasonClass.UNSUBSCRIBED
            || (code != null && REJECTED.contains(code));
    return refused ? ReceiptStatus.REJECTED : ReceiptStatus.FAILED;
  }
}
