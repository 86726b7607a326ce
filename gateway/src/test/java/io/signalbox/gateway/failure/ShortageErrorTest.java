package io.signalbox.gateway.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.operation.Shortage;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.event.Level;

class ShortageErrorTest {
  private static ShortageError error(Shortage shortage, Duration retryAfter) {
    return new ShortageError(
        "c", new ErrorContext("cancel", "0198-op"), "alpha", shortage, retryAfter);
  }

  @ParameterizedTest
  @EnumSource(Shortage.class)
  void theProblemNamesWhatIsShort(Shortage shortage) {
    ErrorProblem problem = ErrorProblem.of(error(shortage, Duration.ofSeconds(90)));
    assertThat(problem.type()).isEqualTo("conflict");
    assertThat(problem.members())
        .containsEntry("shortage", shortage.wireName())
        .containsEntry("retryable", true)
        .containsEntry("provider", "alpha");
    assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(90));
    assertThat(problem.detail()).contains("alpha").endsWith("nothing was done");
  }

  @Test
  void whatDoesNotPassIsNotWorthAnotherTry() {
    ShortageError error = error(Shortage.NOT_OFFERED, null);
    assertThat(ErrorProblem.of(error).retryAfter()).isNull();
    assertThat(ErrorProblem.of(error).members()).containsEntry("retryable", false);
    assertThat(ErrorLine.of(error).level()).isEqualTo(Level.INFO);
  }
}
