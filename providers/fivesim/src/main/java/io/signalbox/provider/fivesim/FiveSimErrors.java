package io.signalbox.provider.fivesim;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Shortage;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RetryAfter;
import io.signalbox.toolkit.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What 5sim's answers mean that are not what was asked for: plain texts, with a status that does
 * not always say that they are errors. The README shows the same table.
 */
final class FiveSimErrors {
  private static final String ORDER_NOT_FOUND = "order not found";
  private static final String INTERNAL_ERROR = "internal error";
  private static final String SERVER_OFFLINE = "server offline";
  private static final String KEY_LIMIT = "api limit is 100 requests per second";
  private static final String ADDRESS_LIMIT = "ip address limit is 100 requests per second";

  private static final Map<String, Shortage> SHORTAGES =
      Map.of(
          "no free phones", Shortage.NO_STOCK,
          "no product", Shortage.NOT_OFFERED,
          "product is incorrect", Shortage.NOT_OFFERED,
          "select country", Shortage.NOT_OFFERED,
          "bad country", Shortage.NOT_OFFERED,
          "country is incorrect", Shortage.NOT_OFFERED,
          "select operator", Shortage.NOT_OFFERED,
          "bad operator", Shortage.NOT_OFFERED,
          "you need to wait time", Shortage.TOO_EARLY);

  private static final OutcomeTable TABLE =
      OutcomeTable.builder()
          .codes(Verdict.PROVIDER_FAULT, "not enough user balance", "not enough rating")
          .codes(Verdict.TRANSIENT, SERVER_OFFLINE, INTERNAL_ERROR)
          .codes(Verdict.THROTTLED, KEY_LIMIT, ADDRESS_LIMIT)
          .codes(
              Verdict.rejected(ReasonClass.NONE),
              ORDER_NOT_FOUND,
              "record not found",
              "order expired",
              "order has sms",
              "order no sms",
              "hosting order")
          .build();

  /** What is shown as it came: in an unknown text a number or a token could stand. */
  private static final Set<String> KNOWN =
      Set.of(
          "not enough user balance",
          "not enough rating",
          SERVER_OFFLINE,
          INTERNAL_ERROR,
          KEY_LIMIT,
          ADDRESS_LIMIT,
          ORDER_NOT_FOUND,
          "record not found",
          "order expired",
          "order has sms",
          "order no sms",
          "hosting order",
          "unauthorized");

  private static final int LONGEST_TEXT_BYTES = 200;

  private FiveSimErrors() {}

  /**
   * The answer of a call that changes nothing.
   *
   * @param <T> what the call would have given
   */
  static <T> Answer<T> ofRead(Answered answer, Instant now) {
    String text = text(answer);
    return failed(TABLE.verdict(answer.status(), text), answer, text, now);
  }

  /**
   * The answer of a call that buys. What 5sim refuses for a reason that nobody knows, others may
   * sell.
   *
   * @param <T> what the call would have given
   */
  static <T> Answer<T> ofPurchase(Answered answer, Instant now) {
    String text = text(answer);
    Verdict verdict = TABLE.verdict(answer.status(), text);
    boolean known = text != null && (KNOWN.contains(text) || SHORTAGES.containsKey(text));
    return !known && verdict.kind() == OutcomeKind.REJECTED
        ? failed(Verdict.TRANSIENT, answer, text, now)
        : ofChange(answer, now);
  }

  /**
   * The answer of a call that buys or ends something. That 5sim broke down does not say that it had
   * not done it before.
   *
   * @param <T> what the call would have given
   */
  static <T> Answer<T> ofChange(Answered answer, Instant now) {
    String text = text(answer);
    Shortage shortage = text == null ? null : SHORTAGES.get(text);
    if (shortage != null && answer.status() < 500) {
      return new Answer.Unserved<>(shortage, null, answer.evidence(text, null));
    }
    Verdict verdict = TABLE.verdict(answer.status(), text);
    boolean brokeDown = verdict.kind() == OutcomeKind.TRANSIENT && !SERVER_OFFLINE.equals(text);
    return failed(brokeDown ? Verdict.UNKNOWN : verdict, answer, text, now);
  }

  /** Whether the answer says that there is no such country, operator or product. */
  static boolean isNotOffered(Answered answer) {
    String text = text(answer);
    return text != null && SHORTAGES.get(text) == Shortage.NOT_OFFERED;
  }

  /** Whether the answer says that there is no such order. */
  static boolean isOrderNotFound(Answered answer) {
    return ORDER_NOT_FOUND.equals(text(answer));
  }

  private static <T> Answer<T> failed(
      Verdict verdict, Answered answer, @Nullable String text, Instant now) {
    return new Answer.Failed<>(
        verdict.outcome(
            evidence(answer, text),
            RetryAfter.parse(answer.header("Retry-After"), now).orElse(null)));
  }

  private static Evidence evidence(Answered answer, @Nullable String text) {
    if (text != null && KNOWN.contains(text)) {
      return answer.evidence(text, null);
    }
    return answer.successful()
        ? answer.evidence("unreadable_answer", "a success that cannot be read")
        : answer.evidence(null, null);
  }

  /** The text of an answer in small letters; null if it is none, or too long to be one. */
  private static @Nullable String text(Answered answer) {
    if (answer.body().length() == 0 || answer.body().length() > LONGEST_TEXT_BYTES) {
      return null;
    }
    return answer.body().toString(StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT);
  }
}
