package io.signalbox.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

class ProviderErrorTest {
  private static final ErrorContext BOOK = new ErrorContext("book", "0198-op");

  @ParameterizedTest
  @CsvSource({
    // outcome, status, changing, retryable, problem, level of the log
    "TRANSIENT, 0, true, true, provider-unavailable, WARN",
    "TRANSIENT, 503, true, true, provider-unavailable, WARN",
    "TRANSIENT, 504, true, true, provider-unavailable, WARN",
    "TRANSIENT, 500, true, false, provider-failed, WARN",
    "TRANSIENT, 404, true, false, provider-failed, WARN",
    "THROTTLED, 429, true, true, provider-unavailable, WARN",
    "THROTTLED, 200, true, true, provider-unavailable, WARN",
    "PROVIDER_FAULT, 401, true, false, provider-failed, ERROR",
    "PROVIDER_FAULT, 403, false, false, provider-failed, ERROR",
    "REJECTED, 400, true, false, refused-by-provider, INFO",
    "REJECTED, 404, false, false, refused-by-provider, INFO",
    "UNKNOWN, 0, true, false, outcome-unknown, WARN",
    "UNKNOWN, 504, true, false, outcome-unknown, WARN",
    "UNKNOWN, 0, false, true, provider-unavailable, WARN",
    "UNKNOWN, 500, false, false, provider-failed, WARN",
  })
  void eachOutcomeHasItsProblemAndItsLine(
      OutcomeKind outcome,
      int status,
      boolean changing,
      boolean retryable,
      String problem,
      Level level) {
    ProviderError error =
        new ProviderError(
            "c1", BOOK, "cal", outcome, ReasonClass.NONE, changing, status, "code", "words", null);

    assertThat(error.retryable()).isEqualTo(retryable);
    ErrorProblem told = ErrorProblem.of(error);
    assertThat(told.type()).isEqualTo(problem);
    assertThat(told.members())
        .containsEntry("provider", "cal")
        .containsEntry("outcome", outcome.wireName())
        .containsEntry("provider_code", "code")
        .containsEntry("provider_message", "words")
        .containsEntry("retryable", retryable);
    assertThat(told.members().containsKey("provider_status")).isEqualTo(status != 0);
    assertThat(told.retryAfter() != null).isEqualTo(retryable);
    ErrorLine line = ErrorLine.of(error);
    assertThat(line.level()).isEqualTo(level);
    assertThat(line.values())
        .containsEntry("correlation_id", "c1")
        .containsEntry("operation_id", "0198-op")
        .containsEntry("step", "book")
        .containsEntry("code", "code")
        .doesNotContainValue("words");
  }

  @Test
  void theAnswerIsMaskedAndBounded() {
    Outcome outcome =
        new Outcome.Rejected(
            ReasonClass.INVALID_CONTENT,
            Evidence.answered(
                400,
                "x".repeat(300),
                "Jane Roe <jane@example.org> at +1 (555) 867-5310 is not free" + ".".repeat(600)));

    ProviderError error =
        ProviderError.of("c1", BOOK, "cal", true, outcome, List.of("Jane Roe", "+15558675310"));

    assertThat(error.answer())
        .startsWith("(personal) <(personal)> at (personal) is not free")
        .hasSizeLessThanOrEqualTo(500);
    assertThat(error.code()).hasSize(100);
    assertThat(ErrorProblem.of(error).members()).containsEntry("reason", "invalid_content");
  }

  @Test
  void theProvidersOwnPauseIsPassedOn() {
    Outcome outcome =
        new Outcome.Throttled(Duration.ofSeconds(40), Evidence.answered(429, null, null));

    ErrorProblem problem =
        ErrorProblem.of(ProviderError.of("c1", BOOK, "cal", true, outcome, List.of()));

    assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(40));
    assertThat(problem.members()).doesNotContainKeys("provider_code", "provider_message");
  }

  @Test
  void anExceptionSaysWhatTheProblemSays() {
    Outcome outcome =
        new Outcome.Transient(Evidence.unanswered(Progress.NOT_CONNECTED, "refused", null));
    ProviderError error = ProviderError.of("c1", BOOK, "cal", true, outcome, List.of());

    assertThat(new OperationException(error))
        .hasMessage("the provider cal cannot do it now; nothing was done")
        .extracting(OperationException::error)
        .isEqualTo(error);
  }
}
