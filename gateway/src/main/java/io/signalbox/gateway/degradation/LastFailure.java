package io.signalbox.gateway.degradation;

import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.Evidence;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The last attempt at a provider that failed in one way. Holds codes alone: what providers say in
 * words may name a recipient, and this is shown to whoever may see providers.
 *
 * @param kind in which way
 * @param httpStatus of the answer; 0 if there was none
 * @param code the provider's own, or one of ours such as {@code connection_refused}; empty if none
 * @param atMillis when it ended
 */
public record LastFailure(FailureKind kind, int httpStatus, String code, long atMillis) {
  /** What failed so long before has not moved a breaker. */
  private static final long LONG_BEFORE_MILLIS = 60_000;

  /** Plugins may put anything there. */
  private static final Pattern CODE = Pattern.compile("[\\w.:/ -]{1,40}");

  static LastFailure of(FailureKind kind, @Nullable Evidence evidence, long atMillis) {
    if (evidence == null) {
      return new LastFailure(kind, 0, "", atMillis);
    }
    String code =
        Optional.ofNullable(evidence.code())
            .filter(text -> CODE.matcher(text).matches())
            .orElse("");
    return new LastFailure(kind, evidence.httpStatus(), code, atMillis);
  }

  /** The newest that says something of the provider; empty if there is none. */
  public static Optional<LastFailure> newest(Map<FailureKind, LastFailure> last) {
    return last.values().stream()
        .filter(each -> each.kind() != FailureKind.REJECTED)
        .max(Comparator.comparingLong(LastFailure::atMillis));
  }

  /** What a breaker moved after, if it did so for failures. */
  public static Optional<LastFailure> before(
      long movedAtMillis, Map<FailureKind, LastFailure> last) {
    return newest(last).filter(each -> each.atMillis() > movedAtMillis - LONG_BEFORE_MILLIS);
  }

  /** In short: {@code HTTP 500 internal_error}, {@code connection refused}. */
  public String words() {
    if (httpStatus > 0) {
      boolean told = !code.isEmpty() && !code.equals(Integer.toString(httpStatus));
      return "HTTP " + httpStatus + (told ? " " + code : "");
    }
    return (code.isEmpty() ? kind.wireName() : code).replace('_', ' ');
  }
}
