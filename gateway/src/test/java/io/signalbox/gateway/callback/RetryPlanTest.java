package io.signalbox.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.callback.CallbackAnswer.Answered;
import io.signalbox.gateway.callback.CallbackAnswer.Unanswered;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPlanTest {
  private static final Instant NOW = Instant.parse("2026-05-04T09:30:00Z");
  private static final CallbackAnswer TIMEOUT = new Unanswered("timeout");

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void everySuccessIsDelivered(int status) {
    assertThat(plan(() -> 0.5).after(1, answered(status), CallbackFormat.CLOUDEVENTS))
        .isEqualTo(new RetryPlan.Step(DeliveryState.DELIVERED, 0, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 400, 401, 404, 429, 500, 503})
  void everythingElseIsTriedAgain(int status) {
    assertThat(plan(() -> 0.5).after(1, answered(status), CallbackFormat.CLOUDEVENTS))
        .isEqualTo(new RetryPlan.Step(DeliveryState.PENDING, 5_000, null));
  }

  @Test
  void waitsGrowAsConfiguredAndThenEnd() {
    RetryPlan plan = plan(() -> 0.5);

    assertThat(plan.after(1, TIMEOUT, CallbackFormat.CLOUDEVENTS).waitMillis()).isEqualTo(5_000);
    assertThat(plan.after(2, TIMEOUT, CallbackFormat.CLOUDEVENTS).waitMillis()).isEqualTo(300_000);
    assertThat(plan.after(3, TIMEOUT, CallbackFormat.CLOUDEVENTS).waitMillis())
        .isEqualTo(7_200_000);
    assertThat(plan.after(4, TIMEOUT, CallbackFormat.CLOUDEVENTS))
        .isEqualTo(new RetryPlan.Step(DeliveryState.FAILED, 0, null));
  }

  @Test
  void jitterIsATenthBothWays() {
    assertThat(plan(() -> 0.0).after(2, TIMEOUT, CallbackFormat.CLOUDEVENTS).waitMillis())
        .isEqualTo(270_000);
    assertThat(plan(() -> 1.0).after(2, TIMEOUT, CallbackFormat.CLOUDEVENTS).waitMillis())
        .isEqualTo(330_000);
  }

  @Test
  void aTurnComesWithinAMinuteOrSoAndNotAfterTheLongestWait() {
    assertThat(plan(() -> 0.5).turnMillis()).isEqualTo(60_000);
    assertThat(plan(() -> 1.0).turnMillis()).isEqualTo(66_000);
    assertThat(new RetryPlan(List.of(Duration.ofMillis(50)), () -> 0.5).turnMillis()).isEqualTo(50);
    assertThat(new RetryPlan(List.of(), () -> 0.5).turnMillis()).isEqualTo(60_000);
  }

  @Test
  void whatIsGoneIsNotTriedAgain() {
    assertThat(plan(() -> 0.5).after(1, answered(410), CallbackFormat.CLOUDEVENTS))
        .isEqualTo(new RetryPlan.Step(DeliveryState.FAILED, 0, "gone"));
  }

  @Test
  void retryAfterLengthensAWaitWithinBounds() {
    RetryPlan plan = plan(() -> 0.5);

    assertThat(
            plan.after(1, asking(Duration.ofMinutes(1)), CallbackFormat.CLOUDEVENTS).waitMillis())
        .isEqualTo(60_000);
    assertThat(
            plan.after(1, asking(Duration.ofSeconds(1)), CallbackFormat.CLOUDEVENTS).waitMillis())
        .isEqualTo(5_000);
    assertThat(plan.after(1, asking(Duration.ofDays(9)), CallbackFormat.CLOUDEVENTS).waitMillis())
        .isEqualTo(36_000_000);
    assertThat(plan.after(4, asking(Duration.ofMinutes(1)), CallbackFormat.CLOUDEVENTS).state())
        .isEqualTo(DeliveryState.FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120|120",
        " 7 |7",
        "0|0",
        "Mon, 04 May 2026 09:31:00 GMT|60",
        "Mon, 04 May 2026 09:29:00 GMT|0",
        "-5|0",
        "soon|0",
        "99999999999999999999|0",
      })
  void readsBothFormsOfRetryAfter(String value, long seconds) {
    assertThat(RetryAfterHeader.parse(value, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  private static RetryPlan plan(DoubleSupplier random) {
    return new RetryPlan(
        List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(2)), random);
  }

  private static CallbackAnswer answered(int status) {
    return new Answered(status, Duration.ZERO);
  }

  private static CallbackAnswer asking(Duration wait) {
    return new Answered(503, wait);
  }
}
