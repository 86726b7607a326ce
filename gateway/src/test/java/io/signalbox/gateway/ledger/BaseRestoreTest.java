package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.Cancellation.Kind;
import io.signalbox.gateway.ledger.RestoreLedger.Restoration;
import io.signalbox.gateway.ledger.RestoreLedger.Restored;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReceiptStatus;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every ledger must do with notifications that were accepted while it was away. */
public abstract class BaseRestoreTest extends LedgerContract {

  private List<Restored> restore(AcceptRequest... requests) throws Exception {
    return await(
        opened
            .restoring()
            .restore(
                Arrays.stream(requests)
                    .map(request -> new Restoration(request, ids.next()))
                    .toList()));
  }

  private AcceptRequest keyed(String message, String key) {
    return request(TENANT, message, key, NOW);
  }

  @Test
  void storesThemUnderTheirIdsAndOnlyOnce() throws Exception {
    AcceptRequest one = keyed("one", "key-1");
    AcceptRequest two = request("two");

    assertThat(restore(one, two)).containsExactly(Restored.STORED, Restored.STORED);
    assertThat(restore(two, one)).containsExactly(Restored.KNOWN, Restored.KNOWN);
    assertThat(restore()).isEmpty();

    assertThat(dueIds(LANE, NOW)).containsExactly(one.id(), two.id());
    assertThat(timeline(one.id()).events())
        .extracting(Timeline.Event::event)
        .containsOnly("spooled");
    assertThat(timeline(one.id()).acceptedAtMillis()).isEqualTo(NOW);
    assertThat(await(ledger().accept(keyed("one", "key-1"))))
        .isEqualTo(new AcceptResult.Duplicate(one.id(), NotificationState.QUEUED));
  }

  @Test
  void knowsWhatItHadStoredItselfWhateverBecameOfIt() throws Exception {
    AcceptRequest request = keyed("hello", "key-1");
    await(ledger().accept(request));
    await(ledger().begin(start(request.id(), 1)));
    settleSent(request.id(), 1, "m-1");

    assertThat(restore(request)).containsExactly(Restored.KNOWN);
    assertThat(state(request.id())).isEqualTo(NotificationState.SENT);
  }

  @Test
  void anIdWhoseKeyWasUsedBeforeLeadsToTheFirst() throws Exception {
    AcceptRequest first = keyed("hello", "key-1");
    AcceptRequest repeated = keyed("hello", "key-1");
    AcceptRequest again = keyed("hello", "key-1");
    AcceptRequest elsewhere = request("other", "hello", "key-1", NOW);
    await(ledger().accept(first));

    assertThat(restore(repeated, again, elsewhere))
        .containsExactly(Restored.DUPLICATE, Restored.DUPLICATE, Restored.STORED);
    assertThat(restore(again)).containsExactly(Restored.KNOWN);

    assertThat(dueIds(LANE, NOW)).containsExactly(first.id(), elsewhere.id());
    assertThat(timeline(repeated.id()).id()).isEqualTo(first.id());
    assertThat(await(reports().timeline("other", repeated.id()))).isEmpty();
    assertThat(await(reports().cancel("other", repeated.id(), NOW))).isEqualTo(Cancellation.NONE);
    assertThat(await(reports().cancel(TENANT, repeated.id(), NOW)))
        .isEqualTo(
            new Cancellation(
                Kind.CANCELLED, NotificationState.CANCELLED, "cancelled", Channel.EMAIL));
    assertThat(state(first.id())).isEqualTo(NotificationState.CANCELLED);
  }

  @Test
  void ofTwoWithTheSameKeyTheFirstIsSent() throws Exception {
    AcceptRequest first = keyed("hello", "key-1");
    AcceptRequest repeated = keyed("hello", "key-1");

    assertThat(restore(first, repeated)).containsExactly(Restored.STORED, Restored.DUPLICATE);
    assertThat(dueIds(LANE, NOW)).containsExactly(first.id());
    assertThat(timeline(repeated.id()).id()).isEqualTo(first.id());
  }

  @Test
  void aKeyThatWasUsedForSomethingElseEndsInFailure() throws Exception {
    await(ledger().accept(keyed("hello", "key-1")));
    AcceptRequest other = keyed("good bye", "key-1");

    assertThat(restore(other)).containsExactly(Restored.KEY_REUSED);
    assertThat(restore(other)).containsExactly(Restored.KNOWN);

    assertThat(timeline(other.id()))
        .extracting(Timeline::state, Timeline::reason)
        .containsExactly(NotificationState.FAILED, "idempotency_key_reused");
    assertThat(dueIds(LANE, NOW)).hasSize(1);
  }

  @Test
  void anIdWhoseKeyAnotherNotificationHasLeadsToTheOneStoredInItsPlace() throws Exception {
    NotificationId taken = accept();
    NotificationId given = new NotificationId(taken.key(), taken.random() ^ 1);
    AcceptRequest request = request("mine").withId(given);

    assertThat(restore(request)).containsExactly(Restored.STORED);
    assertThat(restore(request)).containsExactly(Restored.KNOWN);

    assertThat(dueIds(LANE, NOW)).hasSize(2);
    assertThat(timeline(given).content().toString()).contains("mine");
    assertThat(timeline(given).id()).isNotEqualTo(given);
    assertThat(timeline(taken).content().toString()).contains("hello");
  }

  @Test
  void theSuppressionListStandsAgainstThemToo() throws Exception {
    NotificationId bounced = begun();
    settleSent(bounced, 1, "m-1");
    record(bounced, 1, ReceiptStatus.BOUNCED);
    AcceptRequest next = request("hello again");

    assertThat(restore(next)).containsExactly(Restored.SUPPRESSED);
    assertThat(timeline(next.id()))
        .extracting(Timeline::state, Timeline::reason)
        .containsExactly(NotificationState.FAILED, SuppressionReason.HARD_BOUNCE.failure());
  }

  @Test
  void whatCannotBeStoredTakesTheOthersOfItsPartBackAndHarmsNothing() throws Exception {
    AcceptRequest good = request("good");
    AcceptRequest bad = request("bad").withId(new NotificationId(good.id().key(), 7));

    // Both want the same row.
    assertThatThrownBy(() -> restore(good, bad)).isNotNull();
    assertThat(await(reports().timeline(TENANT, good.id()))).isEmpty();
    assertThat(restore(good)).containsExactly(Restored.STORED);
    assertThat(restore(bad)).containsExactly(Restored.STORED);
    assertThat(timeline(bad.id()).content().toString()).contains("bad");
  }
}
