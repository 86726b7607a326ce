package io.signalbox.provider.calcom;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.Secret;
import io.signalbox.spi.operation.Attendee;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RecipientMask;
import io.signalbox.toolkit.RetryAfter;
import io.signalbox.toolkit.Verdict;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Cal.com's answers other than success mean. The README shows the same table. */
final class CalComErrors {
  /** Told in a sentence alone, of the user or of one of the hosts. */
  private static final String TAKEN = "already has booking at this time or is not available";

  private static final Pattern NO_SUCH_CALL = Pattern.compile("Cannot [A-Z]{3,7} /");

  /** The window of the rate limit: no reset is later. */
  private static final Duration RATE_WINDOW = Duration.ofSeconds(60);

  /** What may be the address of an attendee whom the call did not name. */
  private static final Pattern ADDRESS =
      Pattern.compile("[\\w.%+-]{1,100}@[\\w.-]{1,200}|\\+?[0-9]{8,15}");

  private static final String MASK = "(recipient)";

  /** Whether a call changes something, so that an error of the server leaves it open what. */
  enum Effect {
    READS,
    WRITES
  }

  private final Secret apiKey;

  /**
   * Reads answers to calls that were signed in with a key.
   *
   * @param apiKey blotted out of what Cal.com says
   */
  CalComErrors(Secret apiKey) {
    this.apiKey = apiKey;
  }

  /**
   * The outcome of an answer that is not the documented success.
   *
   * @param attendee whose address is blotted out of what Cal.com says; null if the call names
   *     nobody: whatever looks like an address is then
   */
  Outcome outcome(Answered answer, Effect effect, @Nullable Attendee attendee, Instant now) {
    JsonObject error =
        JsonBody.object(answer.body())
            .map(body -> JsonBody.object(body, "error"))
            .orElseGet(JsonObject::new);
    String code = JsonBody.text(error, "code");
    String message = JsonBody.text(error, "message");
    return verdict(answer.status(), code, message, effect)
        .outcome(answer.evidence(code, masked(message, attendee)), wait(answer, now).orElse(null));
  }

  private static Verdict verdict(
      int status, @Nullable String code, @Nullable String message, Effect effect) {
    boolean taken = message != null && message.toLowerCase(Locale.ROOT).contains(TAKEN);
    if (status == 409 || (status == 400 && taken)) {
      return Verdict.rejected(ReasonClass.SLOT_TAKEN);
    }
    // Cal.com's own 404 is about the event type or the booking; any other is a wrong base_url or
    // version, of which the server itself says that it has no such call.
    boolean noSuchCall = message != null && NO_SUCH_CALL.matcher(message).lookingAt();
    if (status == 404 && code != null && !noSuchCall) {
      return Verdict.rejected(ReasonClass.INVALID_CONTENT);
    }
    // The documents leave it open whether a 5xx has booked, and a second booking is harm.
    if (status >= 500 && effect == Effect.WRITES) {
      return Verdict.UNKNOWN;
    }
    return OutcomeTable.verdictOfStatus(status);
  }

  /** The documented header gives the seconds to the reset of the window. */
  private static Optional<Duration> wait(Answered answer, Instant now) {
    Optional<Duration> told = RetryAfter.parse(answer.header("Retry-After"), now);
    return told.isPresent()
        ? told
        : RetryAfter.parse(answer.header("X-RateLimit-Reset-Default"), now)
            .map(wait -> wait.compareTo(RATE_WINDOW) > 0 ? RATE_WINDOW : wait);
  }

  private @Nullable String masked(@Nullable String message, @Nullable Attendee attendee) {
    if (message == null) {
      return null;
    }
    String text = message.replace(apiKey.reveal(), "(key)");
    if (attendee == null) {
      return ADDRESS.matcher(text).replaceAll(MASK);
    }
    if (attendee.email() != null) {
      text = RecipientMask.masked(text, new Recipient.Email(attendee.email()));
    }
    return attendee.phone() == null
        ? text
        : RecipientMask.masked(text, new Recipient.Phone(attendee.phone()));
  }
}
