package io.signalbox.gateway.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.DrillMessages.DrillAttempt;
import io.signalbox.spi.OutcomeKind;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** When a live drill ends itself, and what it reports. */
class LiveTallyTest {
  private int latency;

  @Test
  void endsWhenErrorsRiseWhereTheProviderIsWithheld() {
    LiveTally tally = new LiveTally(0.1, 0.1);
    tell(tally, false, "first", OutcomeKind.SENT, 100);
    tell(tally, true, "second", OutcomeKind.SENT, 7);
    tell(tally, true, "second", OutcomeKind.TRANSIENT, 2);
    assertThat(tally.alarm()).as("2 of 9 are more than 20%, but 9 are too few").isNull();
    assertThat(tally.isAsGood()).isFalse();

    tell(tally, true, "third", OutcomeKind.UNKNOWN, 1);

    assertThat(tally.alarm()).isEqualTo("errors_rose_where_it_was_withheld");
  }

  @Test
  void oneOrTwoFailuresAreNoTrend() {
    LiveTally tally = new LiveTally(0, 0.01);
    tell(tally, true, "second", OutcomeKind.SENT, 8);
    tell(tally, true, "second", OutcomeKind.TRANSIENT, 2);

    assertThat(tally.alarm()).isNull();
    assertThat(tally.isAsGood()).isFalse();
  }

  @Test
  void errorsThatWereThereBeforeOrAreEverywhereAreNotTheDrills() {
    LiveTally before = new LiveTally(0.5, 0.1);
    tell(before, true, "second", OutcomeKind.SENT, 5);
    tell(before, true, "second", OutcomeKind.TRANSIENT, 5);
    assertThat(before.alarm()).isNull();
    assertThat(before.isAsGood()).isTrue();

    LiveTally everywhere = new LiveTally(0, 0.1);
    tell(everywhere, false, "first", OutcomeKind.SENT, 5);
    tell(everywhere, false, "first", OutcomeKind.TRANSIENT, 5);
    tell(everywhere, true, "second", OutcomeKind.SENT, 5);
    tell(everywhere, true, "second", OutcomeKind.TRANSIENT, 5);
    assertThat(everywhere.alarm()).isEqualTo("errors_rose_on_the_channel");
    assertThat(everywhere.isAsGood()).isTrue();
  }

  @Test
  void whatSaysNothingOfAProviderIsNotJudged() {
    LiveTally tally = new LiveTally(0, 0.1);
    tell(tally, true, "second", OutcomeKind.REJECTED, 50);
    tell(tally, true, "second", OutcomeKind.THROTTLED, 50);
    tell(tally, true, "second", OutcomeKind.SENT, 1);

    assertThat(tally.alarm()).isNull();
    assertThat(tally.withheldAttempts()).isEqualTo(101);
    assertThat(withheld(tally).getInteger("failures")).isZero();
    assertThat(withheld(tally).getDouble("success_share")).isEqualTo(1);
  }

  @Test
  void oneThatNobodyElseCouldTakeEndsIt() {
    LiveTally tally = new LiveTally(0, 1);
    tally.spared();

    assertThat(tally.alarm()).isEqualTo("no_other_provider_could_take_it");
    assertThat(tally.toJson().getInteger("spared")).isEqualTo(1);
  }

  @Test
  void reportsWhereTheyWentAndHowLongTheyTook() {
    LiveTally tally = new LiveTally(1.0 / 3, 0.1);
    tell(tally, true, "third", OutcomeKind.SENT, 1);
    tell(tally, true, "second", OutcomeKind.SENT, 2);
    tell(tally, true, "second", OutcomeKind.TRANSIENT, 1);

    assertThat(tally.toJson().getDouble("failure_share_before")).isEqualTo(0.3333);
    assertThat(withheld(tally))
        .isEqualTo(
            new JsonObject()
                .put("attempts", 4)
                .put("successes", 3)
                .put("failures", 1)
                .put("success_share", 0.75)
                .put(
                    "latency_ms",
                    new JsonObject().put("count", 3).put("p50", 2L).put("p95", 3L).put("max", 3L))
                .put("went_to", new JsonObject().put("second", 3).put("third", 1)));
    assertThat(tally.toJson().getJsonObject("rest"))
        .isEqualTo(
            new JsonObject()
                .put("attempts", 0)
                .put("successes", 0)
                .put("failures", 0)
                .put("success_share", null)
                .put("latency_ms", new JsonObject().put("count", 0)));
  }

  @Test
  void keepsABoundedNumberOfLatencies() {
    LiveTally tally = new LiveTally(0, 0.1);
    tell(tally, false, "first", OutcomeKind.SENT, 10_050);

    JsonObject rest = tally.toJson().getJsonObject("rest");
    assertThat(rest.getInteger("successes")).isEqualTo(10_050);
    assertThat(rest.getJsonObject("latency_ms").getInteger("count")).isEqualTo(10_000);
  }

  private static JsonObject withheld(LiveTally tally) {
    return tally.toJson().getJsonObject("withheld");
  }

  /** Attempts that took 1 ms, 2 ms and so on. */
  private void tell(
      LiveTally tally, boolean withheld, String provider, OutcomeKind outcome, int times) {
    for (int i = 0; i < times; i++) {
      tally.attempt(new DrillAttempt("d", withheld, provider, outcome, ++latency));
    }
  }
}
