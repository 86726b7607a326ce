package io.signalbox.scoring.replay;

import static io.signalbox.scoring.replay.RecordedOutcome.SENT;
import static io.signalbox.scoring.replay.RecordedOutcome.THROTTLED;
import static io.signalbox.scoring.replay.RecordedOutcome.TRANSIENT;
import static io.signalbox.scoring.replay.RecordedOutcome.UNKNOWN;
import static io.signalbox.scoring.replay.Records.attempt;
import static io.signalbox.scoring.replay.Records.confirmed;
import static io.signalbox.scoring.replay.Records.notification;
import static io.signalbox.scoring.replay.Records.policy;
import static io.signalbox.scoring.replay.Records.provider;
import static io.signalbox.scoring.replay.Records.settings;
import static io.signalbox.scoring.replay.Records.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.scoring.replay.ReplayPolicy.OnUnknown;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a policy did and what it would have done are the same. */
class SamePolicyReplayTest {
  private static final Interval NONE = new Interval(0, 0, 0);

  static Stream<Arguments> whatAPolicyDid() {
    return Stream.of(
        Arguments.of(
            "a receipt in time",
            waiting(3_000, 3, 1),
            notification(confirmed(attempt("a", 0, 100, UNKNOWN), 1_000))),
        Arguments.of(
            "a receipt after the next attempt",
            waiting(3_000, 3, 1),
            notification(
                confirmed(attempt("a", 0, 100, UNKNOWN), 5_000), attempt("b", 3_100, 20, SENT))),
        Arguments.of(
            "a receipt after the last attempt",
            waiting(3_000, 1, 1),
            notification(confirmed(attempt("a", 0, 100, UNKNOWN), 5_000))),
        Arguments.of(
            "no receipt",
            waiting(3_000, 3, 1),
            notification(attempt("a", 0, 100, UNKNOWN), attempt("b", 3_100, 20, SENT))),
        Arguments.of(
            "a receipt while a person decides",
            policy("weighted", null, OnUnknown.STOP, 3, 1),
            notification(confirmed(attempt("a", 0, 100, UNKNOWN), 60_000))),
        Arguments.of(
            "no capacity costs no attempt",
            waiting(0, 1, 1),
            notification(attempt("a", 0, 10, THROTTLED), attempt("b", 10, 30, SENT))),
        Arguments.of(
            "no capacity is waited for in the same round",
            waiting(0, 2, 1),
            notification(
                attempt("a", 0, 10, THROTTLED),
                attempt("b", 10, 10, TRANSIENT),
                attempt("a", 1_020, 30, SENT))),
        Arguments.of(
            "a round goes on where nobody had capacity",
            waiting(0, 1, 1),
            notification(
                attempt("a", 0, 10, THROTTLED),
                attempt("b", 10, 10, THROTTLED),
                attempt("a", 1_020, 30, SENT))),
        Arguments.of(
            "the next round begins while one cools down",
            waiting(0, 2, 2),
            notification(
                attempt("a", 0, 10, TRANSIENT),
                attempt("b", 10, 10, THROTTLED),
                attempt("a", 520, 30, SENT))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatAPolicyDid")
  void nothingDiffers(String what, ReplayPolicy policy, RecordedNotification recorded) {
    ReplayReport report =
        Replay.run(
            List.of(recorded),
            List.of(provider("a", 1, 0.5), provider("b", 2, 0.5)),
            policy,
            settings());

    assertThat(report.other()).as(what).isEqualTo(report.recorded());
    assertThat(report.recorded().successes()).isEqualTo(1);
    assertThat(report.coverage().directShare()).isEqualTo(1);
    assertThat(report.difference()).isEqualTo(new Difference(NONE, NONE, NONE, NONE));
  }
}
