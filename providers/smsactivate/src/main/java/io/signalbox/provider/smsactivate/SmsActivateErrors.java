package io.signalbox.provider.smsactivate;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Shortage;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RetryAfter;
import io.signalbox.toolkit.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What answers mean that are not what was asked for. The word in the body decides, before the
 * status: services give the same words with different statuses. The README shows the same table.
 */
final class SmsActivateErrors {
  /** What an error says of a call that changes something depends on what the call is. */
  enum Effect {
    /** The call changes nothing. */
    READS,
    /** The call rents a number. */
    RENTS,
    /** The call changes a rental. */
    CHANGES
  }

  /** Words for an id that the service does not know. */
  static final Set<String> NO_SUCH_RENTAL = Set.of("NO_ACTIVATION", "WRONG_ACTIVATION_ID");

  /** Words for a change that the state of the rental does not allow. */
  static final Set<String> WRONG_STATE =
      Set.of(
          "BAD_STATUS",
          "OTP_RECEIVED",
          "NEW_OTP_RECEIVED",
          "ACTIVATION_NOT_ACTIVE",
          "FREE_CANCELLATION_EXPIRED");

  private static final Map<String, Shortage> SHORTAGES =
      Map.of(
          "NO_NUMBERS", Shortage.NO_STOCK,
          "WRONG_MAX_PRICE", Shortage.PRICE_LIMIT,
          "BAD_SERVICE", Shortage.NOT_OFFERED,
          "WRONG_SERVICE", Shortage.NOT_OFFERED,
          "BAD_COUNTRY", Shortage.NOT_OFFERED,
          "SERVICE_NOT_AVAILABLE_THIS_COUNTRY", Shortage.NOT_OFFERED,
          "SERVICE_UNAVAILABLE_REGION", Shortage.NOT_OFFERED,
          "EARLY_CANCEL_DENIED", Shortage.TOO_EARLY);

  /** The server broke down, perhaps after it had done what was asked. */
  private static final Set<String> TROUBLE = Set.of("ERROR_SQL", "SQL_ERROR", "SERVER ERROR");

  private static final String BANNED = "BANNED";

  /** All other words that are documented. No text but these is shown: it may quote the URL. */
  private static final Map<String, Verdict> WORDS = words();

  private static final Pattern DATE = Pattern.compile("'?([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})\\b.*");

  private SmsActivateErrors() {}

  private static Map<String, Verdict> words() {
    Map<String, Verdict> words = new HashMap<>();
    for (String word :
        List.of("BAD_KEY", "WRONG_KEY", "NO_KEY", "NO_BALANCE", "NO_BALANCE_FORWARD", BANNED)) {
      words.put(word, Verdict.PROVIDER_FAULT);
    }
    // Mistakes of ours: this provider is of no use, and others may be.
    words.put("BAD_ACTION", Verdict.PROVIDER_FAULT);
    words.put("WRONG_EXCEPTION_PHONE", Verdict.PROVIDER_FAULT);
    words.put("CHANNELS_LIMIT", Verdict.THROTTLED);
    words.put("RATE_LIMITED", Verdict.THROTTLED);
    // There is a number of this very attempt: looking finds it.
    words.put("ORDER_ALREADY_EXISTS", Verdict.UNKNOWN);
    TROUBLE.forEach(word -> words.put(word, Verdict.TRANSIENT));
    NO_SUCH_RENTAL.forEach(word -> words.put(word, Verdict.rejected(ReasonClass.NONE)));
    WRONG_STATE.forEach(word -> words.put(word, Verdict.rejected(ReasonClass.NONE)));
    return Map.copyOf(words);
  }

  /**
   * The answer of a call that did not do what was asked.
   *
   * @param currency of a price in it
   * @param now the time of the gateway
   * @param <T> what the call would have given
   */
  static <T> Answer<T> of(Answered answer, Effect effect, String currency, Instant now) {
    Said said = Said.of(answer);
    Shortage shortage = SHORTAGES.get(said.word());
    if (shortage != null) {
      return new Answer.Unserved<>(
          shortage,
          shortage == Shortage.PRICE_LIMIT ? Values.price(said.argument(), currency) : null,
          answer.evidence(said.word(), null));
    }
    return new Answer.Failed<>(
        verdict(answer, said, effect)
            .outcome(
                evidence(answer, said),
                RetryAfter.parse(answer.header("Retry-After"), now).orElse(null)));
  }

  /**
   * Why the service refused, for a person: its word, or its status if it said none that we know.
   */
  static String reason(Answered answer) {
    Said said = Said.of(answer);
    return isKnown(said.word()) ? said.word() : "status " + answer.status();
  }

  private static Verdict verdict(Answered answer, Said said, Effect effect) {
    Verdict ofWord = WORDS.get(said.word());
    Verdict verdict = ofWord == null ? OutcomeTable.verdictOfStatus(answer.status()) : ofWord;
    if (ofWord == null && effect == Effect.RENTS && verdict.kind() == OutcomeKind.REJECTED) {
      // Nobody knows what it refuses; others may serve the same wish.
      return Verdict.TRANSIENT;
    }
    boolean brokeDown = TROUBLE.contains(said.word()) || answer.status() >= 500;
    return brokeDown && effect != Effect.READS && verdict.kind() == OutcomeKind.TRANSIENT
        ? Verdict.UNKNOWN
        : verdict;
  }

  private static Evidence evidence(Answered answer, Said said) {
    if (isKnown(said.word())) {
      return answer.evidence(said.word(), said.is(BANNED) ? until(said.argument()) : null);
    }
    return answer.successful()
        ? answer.evidence("unreadable_answer", "an answer that is not as documented")
        : answer.evidence(null, null);
  }

  private static @Nullable String until(@Nullable String argument) {
    if (argument == null) {
      return null;
    }
    Matcher date = DATE.matcher(argument);
    return date.matches() ? "the account is blocked until " + date.group(1) : null;
  }

  private static boolean isKnown(String word) {
    return WORDS.containsKey(word) || SHORTAGES.containsKey(word);
  }
}
