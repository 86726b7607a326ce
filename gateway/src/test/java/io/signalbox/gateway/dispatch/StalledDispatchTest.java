package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.Cancellation.Kind;
import io.signalbox.gateway.ledger.Decision;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.trail.CapturedTrail;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What nobody does is found and done, and what is called back is not. */
class StalledDispatchTest extends BaseDispatchTest {
  private static final long LONG_AGO = 60_000;

  @Override
  @BeforeEach
  void start() {
    start(Map.of("dispatch.stalled_interval", "150ms"));
  }

  private NotificationId acceptLater() {
    SendNotification notification = WorkItems.notification(Priority.NORMAL, null, null);
    return acceptDue(notification, clock.millis() + LONG_AGO);
  }

  @Test
  void whatIsInNoQueueIsSent() throws Exception {
    NotificationId id = acceptLater();
    change("UPDATE notifications SET due_at = NULL, updated_at = 0 WHERE id = ?", id);

    Timeline timeline = endsIn(id, NotificationState.SENT);

    assertThat(timeline.events()).extracting(Timeline.Event::event).contains("stalled");
    await().untilAsserted(() -> assertThat(meter.stalled).containsEntry("notification", 1));
  }

  @Test
  void anAttemptWithoutAnEndIsUnknownAndItsPolicyGoesOn() {
    NotificationId id = acceptLater();
    long begun = clock.millis() - LONG_AGO;
    begin(id, begun, begun + 1);

    Timeline timeline = endsIn(id, NotificationState.SENT);

    Timeline.AttemptEntry stalled = timeline.attempts().get(0);
    assertThat(stalled.outcome()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(stalled.code()).isEqualTo("stalled");
    assertThat(timeline.attempts().get(1).possibleDuplicate()).isTrue();
    await().untilAsserted(() -> assertThat(meter.stalled).containsEntry("attempt", 1));
  }

  @Test
  void whatIsCalledBackDuringItsAttemptGoesToNobodyElse() {
    Promise<Outcome> answer = Promise.promise();
    first.answers(deliver -> answer.future());
    NotificationId id = accept();
    await().until(() -> first.asked.size() == 1);

    Kind kind =
        done(ledger.reports().cancel(SendNotification.DEFAULT_TENANT, id, clock.millis())).kind();
    answer.complete(TRANSIENT);
    Timeline timeline = endsIn(id, NotificationState.CANCELLED);

    assertThat(kind).isEqualTo(Kind.WISHED);
    assertThat(timeline.attempts()).hasSize(1);
    assertThat(second.asked).isEmpty();
    await().untilAsserted(() -> assertThat(meter.finished).contains(NotificationState.CANCELLED));
    // Its permits are free again.
    assertThat(endsIn(accept(), NotificationState.SENT).attempts()).isNotEmpty();
  }

  @Test
  void whatIsCalledBackEndsWithAnAttemptThatHasNoEnd() throws Exception {
    NotificationId id = acceptLater();
    begin(id, clock.millis(), clock.millis() + LONG_AGO);
    done(ledger.reports().cancel(SendNotification.DEFAULT_TENANT, id, clock.millis()));
    try (CapturedTrail trail = new CapturedTrail(Workbench.class)) {
      change("UPDATE provider_requests SET deadline_at = 1 WHERE notification_id = ?", id);

      assertThat(endsIn(id, NotificationState.CANCELLED).reason())
          .isEqualTo("cancelled_with_unknown_outcome");
      await()
          .untilAsserted(
              () -> assertThat(meter.finished).containsExactly(NotificationState.CANCELLED));
      await()
          .untilAsserted(
              () ->
                  assertThat(trail.of(id))
                      .containsExactly("finished cancelled cancelled_with_unknown_outcome"));
    }
  }

  private void begin(NotificationId id, long begunAtMillis, long deadlineAtMillis) {
    done(
        ledger.begin(
            new AttemptStart(
                new AttemptId(id, 1),
                0,
                Channel.EMAIL,
                "gone",
                1,
                new Decision(null, "best_score", List.of()),
                begunAtMillis,
                deadlineAtMillis,
                false,
                new Recipient.Email("someone@example.org"),
                false)));
  }

  @Test
  void whatIsCalledBackInItsLaneIsNeverSent() {
    first.breaker("open", 2);
    second.breaker("open", 2);
    NotificationId id = accept();
    await().until(() -> timeline(id).reason() != null);

    done(ledger.reports().cancel(SendNotification.DEFAULT_TENANT, id, clock.millis()));
    first.breaker("closed", 3);

    assertThat(endsIn(accept(), NotificationState.SENT)).isNotNull();
    assertThat(timeline(id).state()).isEqualTo(NotificationState.CANCELLED);
    assertThat(timeline(id).attempts()).isEmpty();
  }
}
