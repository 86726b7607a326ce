package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.DrillMessages.Arrangement;
import io.signalbox.gateway.bus.DrillMessages.Done;
import io.signalbox.gateway.bus.DrillMessages.DrillAttempt;
import io.signalbox.gateway.bus.DrillMessages.DrillMessage;
import io.signalbox.gateway.bus.DrillMessages.DrillSpared;
import io.signalbox.gateway.bus.DrillMessages.Release;
import io.signalbox.gateway.bus.DrillMessages.Steer;
import io.signalbox.gateway.bus.DrillMessages.Withhold;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.OutcomeKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What drills ask of the dispatcher. */
class DrillDispatchTest extends BaseDispatchTest {
  private final List<DrillMessage> told = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() {
    bus.listen(Addresses.DRILL_ATTEMPTS, DrillMessage.class, told::add);
  }

  @Test
  void aWithheldProviderGetsNothingUntilTheDrillIsOver() {
    arrange(new Withhold("d-1", "first", 1, clock.millis() + 60_000));

    Timeline withheld = endsIn(accept(), NotificationState.SENT);
    arrange(new Release("d-1"));
    Timeline after = endsIn(accept(), NotificationState.SENT);

    assertThat(withheld.attempts().get(0).provider()).isEqualTo("second");
    assertThat(withheld.attempts().get(0).decision().excluded())
        .extracting(excluded -> excluded.provider() + " " + excluded.reason())
        .containsExactly("first withheld_by_drill");
    assertThat(after.attempts().get(0).provider()).isEqualTo("first");
    await()
        .untilAsserted(
            () ->
                assertThat(told)
                    .containsExactly(new DrillAttempt("d-1", true, "second", OutcomeKind.SENT, 1)));
  }

  @Test
  void aShareIsWithheldAndTheRestIsToldOfToo() {
    arrange(new Withhold("d-2", "first", 0.5, clock.millis() + 60_000));

    List<NotificationId> accepted = Stream.generate(this::accept).limit(60).toList();
    accepted.forEach(id -> endsIn(id, NotificationState.SENT));

    // Binomial(60, 0.5): outside of 10 to 50 once in ten million runs.
    assertThat(second.asked).hasSizeBetween(10, 50);
    await().untilAsserted(() -> assertThat(told).hasSize(60));
    assertThat(told.stream().filter(each -> ((DrillAttempt) each).withheld()))
        .hasSameSizeAs(second.asked);
  }

  @Test
  void nothingIsWithheldFromWhatNobodyElseCanTake() {
    second.answers(TRANSIENT);
    arrange(new Withhold("d-3", "first", 1, clock.millis() + 60_000));

    Timeline timeline = endsIn(accept(), NotificationState.SENT);

    assertThat(timeline.attempts())
        .extracting(Timeline.AttemptEntry::provider)
        .containsExactly("second", "first");
    await().untilAsserted(() -> assertThat(told).contains(new DrillSpared("d-3")));
  }

  @Test
  void aDrillThatNobodyEndsIsOverAtItsTime() {
    arrange(new Withhold("d-4", "first", 1, clock.millis() + 300));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(endsIn(accept(), NotificationState.SENT).attempts().get(0).provider())
                    .isEqualTo("first"));
  }

  @Test
  void notificationsOfADrillGoToItsProviderFirstWhileItCanTakeThem() {
    arrange(steer("d-5", Set.of("first", "second")));

    Timeline steered = endsIn(accept(), NotificationState.SENT);
    second.answers(TRANSIENT);
    Timeline failedOver = endsIn(accept(), NotificationState.SENT);

    assertThat(steered.attempts().get(0).provider()).isEqualTo("second");
    assertThat(steered.attempts().get(0).decision().rule()).isEqualTo("drill");
    assertThat(failedOver.attempts())
        .extracting(Timeline.AttemptEntry::provider)
        .containsExactly("second", "first");
  }

  @Test
  void notificationsOfADrillNeverGoToAProviderThatIsNoneOfIts() {
    second.answers(TRANSIENT);
    arrange(steer("d-6", Set.of("second")));

    Timeline timeline = endsIn(accept(), NotificationState.DEAD_LETTER);

    assertThat(timeline.attempts())
        .extracting(Timeline.AttemptEntry::provider)
        .hasSizeGreaterThan(1)
        .containsOnly("second");
    assertThat(timeline.attempts().get(1).decision().excluded()).isEmpty();
    assertThat(first.asked).isEmpty();
  }

  /** For all of {@link #accept()}. */
  private Steer steer(String drill, Set<String> providers) {
    return new Steer(drill, "second", "test", providers, clock.millis() + 60_000);
  }

  private void arrange(Arrangement wish) {
    done(bus.request(Addresses.DRILL_ARRANGEMENTS, wish, Done.class, Duration.ofSeconds(30)));
  }
}
