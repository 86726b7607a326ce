package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeTableTest {
  @ParameterizedTest
  @CsvSource({
    "200,UNKNOWN",
    "204,UNKNOWN",
    "301,PROVIDER_FAULT",
    "400,REJECTED",
    "401,PROVIDER_FAULT",
    "402,PROVIDER_FAULT",
    "403,PROVIDER_FAULT",
    "404,PROVIDER_FAULT",
    "405,PROVIDER_FAULT",
    "408,TRANSIENT",
    "413,REJECTED",
    "415,PROVIDER_FAULT",
    "422,REJECTED",
    "429,THROTTLED",
    "500,TRANSIENT",
    "502,UNKNOWN",
    "503,TRANSIENT",
    "504,UNKNOWN",
    "520,UNKNOWN",
    "999,UNKNOWN"
  })
  void statusAloneHasAMeaning(int status, OutcomeKind kind) {
    assertThat(OutcomeTable.verdictOfStatus(status).kind()).isEqualTo(kind);
  }

  @Test
  void prefersTheMostSpecialRow() {
    OutcomeTable table =
        OutcomeTable.builder()
            .row(400, "a", Verdict.TRANSIENT)
            .codes(Verdict.THROTTLED, "a", "b")
            .statuses(Verdict.UNKNOWN, 400)
            .build();

    assertThat(table.verdict(400, "a")).isEqualTo(Verdict.TRANSIENT);
    assertThat(table.verdict(401, "a")).isEqualTo(Verdict.THROTTLED);
    assertThat(table.verdict(400, "b")).isEqualTo(Verdict.THROTTLED);
    assertThat(table.verdict(400, "c")).isEqualTo(Verdict.UNKNOWN);
    assertThat(table.verdict(400, null)).isEqualTo(Verdict.UNKNOWN);
    assertThat(table.verdict(401, "c")).isEqualTo(Verdict.PROVIDER_FAULT);
  }

  @Test
  void refusesTwoRowsForTheSame() {
    OutcomeTable.Builder builder = OutcomeTable.builder().codes(Verdict.TRANSIENT, "a");
    assertThatThrownBy(() -> builder.codes(Verdict.UNKNOWN, "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(value = OutcomeKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SENT")
  void verdictBecomesItsOutcome(OutcomeKind kind) {
    Evidence evidence = Evidence.answered(400, "c", null);
    assertThat(new Verdict(kind, ReasonClass.SPAM).outcome(evidence, Duration.ZERO).kind())
        .isEqualTo(kind);
  }

  @Test
  void successIsNoVerdict() {
    assertThatThrownBy(() -> new Verdict(OutcomeKind.SENT, ReasonClass.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
