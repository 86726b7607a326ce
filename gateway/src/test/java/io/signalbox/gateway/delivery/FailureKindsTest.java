package io.signalbox.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.signalbox.scoring.FailureKind;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureKindsTest {
  static Stream<Arguments> outcomes() {
    Evidence ok = Evidence.answered(202, null, null);
    return Stream.of(
        arguments(new Outcome.Sent("id", ok), null),
        arguments(
            new Outcome.Throttled(null, Evidence.answered(429, "429", null)), kind("throttled")),
        arguments(
            new Outcome.Rejected(ReasonClass.HARD_BOUNCE, Evidence.answered(400, "x", null)),
            kind("rejected")),
        arguments(
            new Outcome.ProviderFault(Evidence.answered(401, "x", null)), kind("provider_fault")),
        arguments(new Outcome.Transient(Evidence.answered(500, "x", null)), kind("server_error")),
        arguments(new Outcome.Unknown(Evidence.answered(502, "x", null)), kind("server_error")),
        arguments(new Outcome.Unknown(Evidence.answered(200, "x", null)), kind("other")),
        arguments(broken(Progress.NOT_CONNECTED, "connection_refused"), kind("connection")),
        arguments(broken(Progress.NOT_CONNECTED, "connect_timeout"), kind("connection")),
        arguments(broken(Progress.BODY_WRITTEN, "connection_closed"), kind("connection")),
        arguments(broken(Progress.BODY_WRITTEN, "timeout"), kind("timeout")),
        arguments(broken(Progress.BODY_WRITTEN, "provider_bug"), kind("other")));
  }

  private static FailureKind kind(String wireName) {
    for (FailureKind kind : FailureKind.values()) {
      if (kind.wireName().equals(wireName)) {
        return kind;
      }
    }
    throw new AssertionError(wireName);
  }

  private static Outcome broken(Progress progress, String code) {
    return new Outcome.Unknown(Evidence.unanswered(progress, code, null));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void tellsTheKind(Outcome outcome, FailureKind expected) {
    assertThat(FailureKinds.of(outcome)).isEqualTo(expected);
  }
}
