package io.signalbox.gateway.compat.twilio;

import io.signalbox.spi.ReasonClass;

/**
 * How a message ended that did not arrive, in Twilio's words: one table for those who fetch it and
 * those who are called back.
 *
 * @param status {@code undelivered} if that was told by a provider who had taken the message, else
 *     {@code failed}
 * @param errorCode as near as Twilio's codes come to the gateway's reasons
 */
public record TwilioEnd(String status, int errorCode) {
  private static final int UNREACHABLE = 30_003;
  private static final int UNWANTED = 30_004;
  private static final int NO_SUCH_NUMBER = 30_005;
  private static final int FILTERED = 30_007;
  private static final int UNKNOWN_ERROR = 30_008;
  private static final int VALIDITY_EXPIRED = 30_036;

  /** Its time ran out. */
  public static TwilioEnd expired() {
    return new TwilioEnd("failed", VALIDITY_EXPIRED);
  }

  /**
   * It will not arrive.
   *
   * @param taken whether a provider had taken it and told so later; false for what was refused at
   *     sending, and for the gateway's own decisions
   */
  public static TwilioEnd failed(boolean taken, ReasonClass reason) {
    return new TwilioEnd(taken ? "undelivered" : "failed", code(reason));
  }

  private static int code(ReasonClass reason) {
    return switch (reason) {
      case HARD_BOUNCE, INVALID_RECIPIENT -> NO_SUCH_NUMBER;
      case SOFT_BOUNCE -> UNREACHABLE;
      case BLOCKED, SPAM -> FILTERED;
      case UNSUBSCRIBED, COMPLAINT, SUPPRESSED -> UNWANTED;
      case EXPIRED -> VALIDITY_EXPIRED;
      case NONE, INVALID_CONTENT, SLOT_TAKEN, CONFIGURATION -> UNKNOWN_ERROR;
    };
  }
}
