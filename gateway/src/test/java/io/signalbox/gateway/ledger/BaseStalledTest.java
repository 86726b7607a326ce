package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.OutcomeKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work that nobody does is found, wherever it comes from. */
public abstract class BaseStalledTest extends LedgerContract {
  /** After the deadline of {@link #start}. */
  private static final long LATER = NOW + 20_000;

  /** Takes a notification out of every queue, as only a fault of ours could. */
  private void lose(NotificationId id) throws Exception {
    String lose = "UPDATE notifications SET due_at = NULL WHERE id = " + id.key();
    assertThat(engine().change(directory, lose)).isEqualTo(1);
  }

  @Test
  void leavesAloneWhatIsUnderWayOrWaits() throws Exception {
    accept();
    begun();
    NotificationId waiting = begun();
    settle(waiting, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));

    assertThat(await(ledger().stalled(NOW + 9_000, 100)).isEmpty()).isTrue();
  }

  @Test
  void endsAttemptsPastTheirDeadlineAsUnknown() throws Exception {
    NotificationId id = begun();

    StalledWork found = await(ledger().stalled(LATER, 100));
    StalledWork revived = await(ledger().revive(found, LATER, LATER + 1));

    assertThat(found.attempts()).containsExactly(new AttemptId(id, 1));
    assertThat(revived).isEqualTo(found);
    AttemptEntry attempt = timeline(id).attempts().get(0);
    assertThat(attempt.outcome()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(attempt.code()).isEqualTo("stalled");
    assertThat(dueIds(LANE, LATER + 1)).containsExactly(id);
    assertThat(timeline(id).events())
        .containsExactly(new Timeline.Event(LATER + 1, "stalled", "stalled"));
    assertThat(await(reports().recentResults(10))).isEmpty();
    assertThat(await(ledger().stalled(LATER, 100)).isEmpty()).isTrue();
  }

  @Test
  void countsWhatNobodyKnowsYetAlsoAfterARestart() throws Exception {
    accept();
    begun();
    settleSent(begun(), 1, "m-1");
    NotificationId waiting = begun();
    settle(waiting, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));
    settle(begun(), 1, broken(), new NextStep.Retry(NOW + 5_000, 0, "exhausted"));
    settle(begun(), 1, unknown(), finish(NotificationState.HELD));
    assertThat(await(ledger().openUnknowns())).isEqualTo(1);

    reopen();
    // The attempt that was under way.
    await(ledger().recover(NOW + 600));

    assertThat(await(ledger().openUnknowns())).isEqualTo(2);
    await(ledger().move(waiting, 1, false, new NextStep.Finish(NotificationState.HELD, "x"), NOW));
    assertThat(await(ledger().openUnknowns())).isEqualTo(1);
  }

  @Test
  void anAnswerThatComesAfterAllIsTaken() throws Exception {
    NotificationId id = begun();
    await(ledger().revive(await(ledger().stalled(LATER, 100)), LATER, LATER + 1));

    assertThat(settleSent(id, 1, "late").applied()).isTrue();
    assertThat(state(id)).isEqualTo(NotificationState.SENT);
    assertThat(dueIds(LANE, LATER + 1)).isEmpty();
  }

  @Test
  void makesDueWhatIsInNoQueue() throws Exception {
    NotificationId queued = accept();
    NotificationId retried = begun();
    settle(retried, 1, broken(), new NextStep.Retry(NOW + 5_000, 0, "exhausted"));
    NotificationId waiting = begun();
    settle(waiting, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));
    List<NotificationId> lost = List.of(queued, retried, waiting);
    for (NotificationId id : lost) {
      lose(id);
    }
    assertThat(dueIds(LANE, LATER)).isEmpty();

    StalledWork found = await(ledger().stalled(LATER, 100));
    StalledWork revived = await(ledger().revive(found, LATER, LATER + 1));

    assertThat(revived.notifications()).containsExactlyInAnyOrderElementsOf(lost);
    assertThat(dueIds(LANE, LATER + 1)).containsExactlyInAnyOrderElementsOf(lost);
    assertThat(timeline(queued).reason()).isEqualTo("in_no_queue");
    assertThat(state(queued)).isEqualTo(NotificationState.QUEUED);
  }

  @Test
  void leavesAloneWhatMovedOnSinceItWasFound() throws Exception {
    NotificationId ended = begun();
    NotificationId lost = accept();
    lose(lost);
    StalledWork found = await(ledger().stalled(LATER, 100));
    settleSent(ended, 1, "m");
    await(ledger().begin(start(lost, 1)));

    assertThat(await(ledger().revive(found, LATER, LATER + 1)).isEmpty()).isTrue();
    assertThat(state(ended)).isEqualTo(NotificationState.SENT);
    assertThat(state(lost)).isEqualTo(NotificationState.PROCESSING);
  }

  @Test
  void findsNoMoreThanItWasAskedFor() throws Exception {
    for (int i = 0; i < 5; i++) {
      begun();
      lose(accept());
    }

    StalledWork found = await(ledger().stalled(LATER, 3));

    assertThat(found.attempts()).hasSize(3);
    assertThat(found.notifications()).hasSize(3);
  }
}
