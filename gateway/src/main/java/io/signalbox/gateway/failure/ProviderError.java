package io.signalbox.gateway.failure;

import io.signalbox.gateway.text.Masks;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider did not do what it was asked for, or nobody knows whether it did.
 *
 * @param correlationId {@link OperationError#correlationId()}
 * @param context {@link OperationError#context()}
 * @param provider whose call it was
 * @param outcome how it ended: anything but {@link OutcomeKind#SENT}
 * @param reason why it was refused for good; {@link ReasonClass#NONE} if it was not
 * @param changing whether the call could have changed something, or cost money; not so one that
 *     only reads
 * @param httpStatus of the provider's answer; 0 if there was none
 * @param code the provider's own code, or one of ours; null if there is none
 * @param answer the provider's own words, without addresses and telephone numbers, at most 500
 *     characters; null if it said nothing
 * @param retryAfter how long the provider asks to be left alone; null if it does not say
 */
public record ProviderError(
    String correlationId,
    ErrorContext context,
    String provider,
    OutcomeKind outcome,
    ReasonClass reason,
    boolean changing,
    int httpStatus,
    @Nullable String code,
    @Nullable String answer,
    @Nullable Duration retryAfter)
    implements OperationError {

  private static final int LONGEST_ANSWER = 500;
  private static final int LONGEST_CODE = 100;

  /** Statuses that pass: too many requests, not now, and a proxy's timeout. */
  private static final Set<Integer> PASSING = Set.of(429, 503, 504);

  /** Cuts what is too long, so that neither log nor document grows with what a provider says. */
  public ProviderError {
    code = cut(code, LONGEST_CODE);
    answer = cut(answer, LONGEST_ANSWER);
  }

  /**
   * The error of an outcome.
   *
   * @param changing {@link #changing()}
   * @param personal values that must not be shown, such as an attendee's name
   */
  public static ProviderError of(
      String correlationId,
      ErrorContext context,
      String provider,
      boolean changing,
      Outcome outcome,
      List<String> personal) {
    Evidence evidence = outcome.evidence();
    return new ProviderError(
        correlationId,
        context,
        provider,
        outcome.kind(),
        outcome instanceof Outcome.Rejected rejected ? rejected.reason() : ReasonClass.NONE,
        changing,
        evidence.httpStatus(),
        evidence.code(),
        Masks.personal(evidence.message(), personal),
        outcome instanceof Outcome.Throttled throttled ? throttled.retryAfter() : null);
  }

  @Override
  public boolean retryable() {
    return mayPass(outcome, httpStatus, changing);
  }

  /**
   * Whether the same call may be tried again: after 429, 503 and 504, and where nothing was
   * answered; never after 400, 401, 403 and 404. A call that may have changed something and whose
   * outcome is unknown is looked up, and not tried again.
   *
   * @param outcome how the call ended
   * @param httpStatus of the answer; 0 if there was none
   * @param changing whether the call could have changed something
   */
  public static boolean mayPass(OutcomeKind outcome, int httpStatus, boolean changing) {
    boolean passing = httpStatus == 0 || PASSING.contains(httpStatus);
    return switch (outcome) {
      case THROTTLED -> true;
      case TRANSIENT -> passing;
      case UNKNOWN -> !changing && passing;
      case SENT, PROVIDER_FAULT, REJECTED -> false;
    };
  }

  private static @Nullable String cut(@Nullable String text, int longest) {
    return text == null || text.length() <= longest ? text : text.substring(0, longest);
  }
}
