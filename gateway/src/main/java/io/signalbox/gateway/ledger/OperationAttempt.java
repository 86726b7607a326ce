package io.signalbox.gateway.ledger;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One call that could have done an operation, and so cost money.
 *
 * @param number its number, counted from 1
 * @param provider who was asked
 * @param variant how, where a provider can be asked in several ways; empty for the usual one
 * @param exclusive whether the account belongs to the gateway alone, so that what is found there
 *     and is nobody's may be cancelled
 * @param account what told the provider's account from others when it began; empty if nothing did
 * @param round counted from 0
 * @param decision why this provider: the candidates with scores and reasons, as the API shows them
 * @param startedAtMillis when it began
 * @param deadlineAtMillis when its answer had to be there
 * @param end null while it is under way
 */
public record OperationAttempt(
    int number,
    String provider,
    String variant,
    boolean exclusive,
    String account,
    int round,
    JsonObject decision,
    long startedAtMillis,
    long deadlineAtMillis,
    @Nullable End end) {

  /** The same, ended. */
  public OperationAttempt ended(End ended) {
    return new OperationAttempt(
        number,
        provider,
        variant,
        exclusive,
        account,
        round,
        decision,
        startedAtMillis,
        deadlineAtMillis,
        ended);
  }

  /**
   * How an attempt ended.
   *
   * @param how in one word
   * @param atMillis when
   * @param retryable whether the same provider may be asked again in another round: it answered
   *     429, 503 or 504, or nothing
   * @param code the provider's own code, or the gateway's; null for none
   * @param httpStatus 0 if there was none
   * @param message in words; null for none
   */
  public record End(
      How how,
      long atMillis,
      boolean retryable,
      @Nullable String code,
      int httpStatus,
      @Nullable String message) {

    /** The same with another word, later. */
    public End become(How other, long nowMillis) {
      return new End(other, nowMillis, retryable, code, httpStatus, message);
    }
  }

  /** The ends of attempts. */
  public enum How {
    /** Done, and the provider said so. */
    DONE,
    /** Certainly not done for want of stock, or at this price. */
    UNSERVED,
    /** Certainly not done; another time it may work. */
    TRANSIENT,
    /** Certainly not done: too much was asked of the provider. */
    THROTTLED,
    /** Certainly not done: something is wrong with the account or the provider. */
    PROVIDER_FAULT,
    /** Certainly not done: this request is refused for good. */
    REJECTED,
    /** Certainly not done: the time that was asked for is somebody else's. */
    TAKEN,
    /** Nobody knows yet. */
    UNKNOWN,
    /** Was unknown; a look-up found it. */
    FOUND,
    /** Was unknown; look-ups found nothing for so long that it is taken for not done. */
    NOT_FOUND;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The lower-case name used in the API, in events and in logs. */
    public String wireName() {
      return wireName;
    }
  }
}
