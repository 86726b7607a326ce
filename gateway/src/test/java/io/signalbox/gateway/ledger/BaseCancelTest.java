package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Cancellation.Kind;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every ledger must do when a notification is called back. */
public abstract class BaseCancelTest extends LedgerContract {

  private Cancellation cancel(NotificationId id) throws Exception {
    return await(reports().cancel(TENANT, id, NOW + 200));
  }

  private static Cancellation cancelled(Kind kind, String reason) {
    return new Cancellation(kind, NotificationState.CANCELLED, reason, Channel.EMAIL);
  }

  @Test
  void cancelsWhatWaitsForItsTimeOrItsTurn() throws Exception {
    NotificationId queued = accept();
    AcceptRequest later = request(TENANT, "later", null, NOW + 60_000);
    await(ledger().accept(later));

    for (NotificationId id : List.of(queued, later.id())) {
      assertThat(cancel(id)).isEqualTo(cancelled(Kind.CANCELLED, "cancelled"));
      assertThat(cancel(id)).isEqualTo(cancelled(Kind.REPEATED, "cancelled"));
      Timeline timeline = timeline(id);
      assertThat(timeline.state()).isEqualTo(NotificationState.CANCELLED);
      assertThat(timeline.dueAtMillis()).isZero();
      assertThat(timeline.events())
          .containsExactly(new Timeline.Event(NOW + 200, "cancelled", "cancelled"));
    }
    assertThat(dueIds(LANE, NOW + 100_000)).isEmpty();
    assertThat(await(ledger().begin(start(queued, 1))))
        .extracting(Settled::applied, Settled::state)
        .containsExactly(false, NotificationState.CANCELLED);
  }

  @Test
  void cancelsWhatWaitsForARetry() throws Exception {
    NotificationId id = begun();
    settle(id, 1, broken(), new NextStep.Retry(NOW + 5_000, 1, "exhausted"));

    assertThat(cancel(id)).isEqualTo(cancelled(Kind.CANCELLED, "cancelled"));
    assertThat(dueIds(RETRY_LANE, NOW + 10_000)).isEmpty();
  }

  @Test
  void saysThatAnUnknownOutcomeMayHaveArrived() throws Exception {
    NotificationId waiting = begun();
    settle(waiting, 1, unknown(), new NextStep.Await(NOW + 5_000, "unknown"));
    NotificationId held = begun();
    settle(held, 1, unknown(), finish(NotificationState.HELD));
    NotificationId retried = begun();
    settle(retried, 1, unknown(), new NextStep.Retry(NOW + 5_000, 1, "exhausted"));

    for (NotificationId id : List.of(waiting, held, retried)) {
      assertThat(cancel(id)).isEqualTo(cancelled(Kind.CANCELLED, "cancelled_with_unknown_outcome"));
      assertThat(cancel(id)).isEqualTo(cancelled(Kind.REPEATED, "cancelled_with_unknown_outcome"));
    }
    record(held, 1, ReceiptStatus.DELIVERED);
    assertThat(state(held)).isEqualTo(NotificationState.DELIVERED);
  }

  @ParameterizedTest
  @EnumSource(
      value = NotificationState.class,
      names = {"SENT", "FAILED", "EXPIRED", "DEAD_LETTER"})
  void leavesWhatWasSentOrHasEnded(NotificationState end) throws Exception {
    NotificationId id = begun();
    settle(id, 1, end == NotificationState.SENT ? sent("m") : broken(), finish(end));

    assertThat(cancel(id)).isEqualTo(new Cancellation(Kind.TOO_LATE, end, "done", Channel.EMAIL));
    assertThat(state(id)).isEqualTo(end);
  }

  @Test
  void knowsOnlyTheTenantsOwn() throws Exception {
    NotificationId id = accept();

    assertThat(await(reports().cancel("other", id, NOW))).isEqualTo(Cancellation.NONE);
    assertThat(cancel(ids.next())).isEqualTo(Cancellation.NONE);
    assertThat(cancel(new NotificationId(id.key(), id.random() ^ 1))).isEqualTo(Cancellation.NONE);
    assertThat(state(id)).isEqualTo(NotificationState.QUEUED);
  }

  @Test
  void aWishDuringAnAttemptLetsNoOtherFollow() throws Exception {
    NotificationId failing = begun();
    NotificationId silent = begun();
    NotificationId sent = begun();
    NotificationId refused = begun();
    for (NotificationId id : List.of(failing, silent, sent, refused)) {
      assertThat(cancel(id).kind()).isEqualTo(Kind.WISHED);
      assertThat(cancel(id).kind()).isEqualTo(Kind.WISHED);
      assertThat(timeline(id).events())
          .containsExactly(new Timeline.Event(NOW + 200, "cancel_requested", null));
    }

    Settled dropped =
        settle(failing, 1, broken(), new NextStep.Attempt(start(failing, 2), "transient"));
    settle(silent, 1, unknown(), new NextStep.Await(NOW + 500, "unknown"));
    Settled stands = settle(sent, 1, sent("m-1"), new NextStep.Confirm(NOW + 500, "sent"));
    settle(refused, 1, broken(), finish(NotificationState.FAILED));

    assertThat(dropped)
        .extracting(Settled::applied, Settled::state)
        .containsExactly(false, NotificationState.CANCELLED);
    assertThat(dropped.taken())
        .isEqualTo(new NextStep.Finish(NotificationState.CANCELLED, "cancelled"));
    assertThat(stands.taken()).isEqualTo(new NextStep.Finish(NotificationState.SENT, "sent"));
    assertThat(timeline(failing).attempts()).hasSize(1);
    assertThat(timeline(failing).reason()).isEqualTo("cancelled");
    assertThat(timeline(silent).reason()).isEqualTo("cancelled_with_unknown_outcome");
    assertThat(state(sent)).isEqualTo(NotificationState.SENT);
    assertThat(timeline(sent).dueAtMillis()).isZero();
    assertThat(state(refused)).isEqualTo(NotificationState.FAILED);
    assertThat(cancel(failing)).isEqualTo(cancelled(Kind.REPEATED, "cancelled"));
    assertThat(cancel(sent).kind()).isEqualTo(Kind.TOO_LATE);
  }

  @Test
  void aWishOutlivesACrash() throws Exception {
    NotificationId id = begun();
    cancel(id);

    reopen();
    Recovery recovery = await(ledger().recover(NOW + 1_000));

    assertThat(recovery.cancelled()).containsExactly(id);
    assertThat(state(id)).isEqualTo(NotificationState.CANCELLED);
    assertThat(timeline(id).reason()).isEqualTo("cancelled_with_unknown_outcome");
    assertThat(dueIds(LANE, NOW + 2_000)).isEmpty();
  }

  @Test
  void oneOfDispatchAndCancelWins() throws Exception {
    List<NotificationId> all = new ArrayList<>();
    List<Future<Settled>> begins = new ArrayList<>();
    List<Future<Cancellation>> cancels = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(accept());
    }
    for (int i = 0; i < all.size(); i++) {
      NotificationId id = all.get(i);
      if (i % 2 == 0) {
        begins.add(ledger().begin(start(id, 1)));
        cancels.add(reports().cancel(TENANT, id, NOW));
      } else {
        cancels.add(reports().cancel(TENANT, id, NOW));
        begins.add(ledger().begin(start(id, 1)));
      }
    }

    for (int i = 0; i < all.size(); i++) {
      boolean begun = await(begins.get(i)).applied();
      assertThat(await(cancels.get(i)).kind()).isEqualTo(begun ? Kind.WISHED : Kind.CANCELLED);
      assertThat(state(all.get(i)))
          .isEqualTo(begun ? NotificationState.PROCESSING : NotificationState.CANCELLED);
    }
  }
}
