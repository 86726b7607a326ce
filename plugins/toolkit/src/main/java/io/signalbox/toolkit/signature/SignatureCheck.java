package io.signalbox.toolkit.signature;

import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier says of a request.
 *
 * @param refusal null if the request is genuine and fresh; otherwise the answer to give, which
 *     tells {@link Refusal#UNAUTHENTICATED} (not signed by a key of ours) from {@link
 *     Refusal#STALE} (signed by a key of ours, at another time)
 */
public record SignatureCheck(@Nullable Refused refusal) {

  /** Signed by one of our keys, at a time that the tolerance covers. */
  public static final SignatureCheck GENUINE = new SignatureCheck(null);

  /**
   * {@return the check of a request that none of our keys signed}
   *
   * @param detail for the log and the metric
   */
  public static SignatureCheck unauthenticated(String detail) {
    return new SignatureCheck(new Refused(Refusal.UNAUTHENTICATED, detail));
  }

  /**
   * {@return the check of a request that was signed too long ago or too far in the future}
   *
   * @param detail for the log and the metric
   */
  public static SignatureCheck stale(String detail) {
    return new SignatureCheck(new Refused(Refusal.STALE, detail));
  }

  /** {@return whether the request may be believed} */
  public boolean genuine() {
    return refusal == null;
  }
}
