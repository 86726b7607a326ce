package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.model.NodeShare;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.model.WorkItem;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How every ledger gives out what is due. */
public abstract class BaseDueTest extends LedgerContract {

  @Test
  void dueWorkIsThatOfTheBucketsThatAreAskedFor() throws Exception {
    Set<NotificationId> all = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      all.add(accept());
    }
    long mine = 0xf0f0_0000_ffff_0f0fL;
    Set<NotificationId> found = new HashSet<>();
    for (long buckets : new long[] {mine, ~mine}) {
      NodeShare share = new NodeShare(1, buckets, false, 0);
      DueWork due = await(ledger().due(LANE, buckets, NOW, 100, Long.MAX_VALUE, Set.of()));
      due.items().forEach(item -> assertThat(share.has(item.id())).isTrue());
      due.items().forEach(item -> found.add(item.id()));
    }
    assertThat(found).isEqualTo(all);
    assertThat(await(ledger().due(LANE, 0, NOW, 100, Long.MAX_VALUE, Set.of())).items()).isEmpty();
  }

  @Test
  void givesOutDueWorkInOrderAndSkipsWhatTheCallerHas() throws Exception {
    AcceptRequest later = request(TENANT, "later", null, NOW + 20);
    AcceptRequest sooner = request(TENANT, "sooner", null, NOW + 10);
    NotificationId now = accept();
    await(ledger().acceptAll(List.of(later, sooner)));

    assertThat(dueIds(LANE, NOW)).containsExactly(now);
    assertThat(dueIds(LANE, NOW + 20)).containsExactly(now, sooner.id(), later.id());
    DueWork found = await(ledger().due(LANE, -1, NOW + 20, 1, Long.MAX_VALUE, Set.of(now)));
    assertThat(found.more()).isTrue();
    List<WorkItem> some = found.items();
    assertThat(some).hasSize(1);
    assertThat(some.get(0).id()).isEqualTo(sooner.id());
    assertThat(some.get(0).state()).isEqualTo(NotificationState.SCHEDULED);
    assertThat(some.get(0).contentBytes()).isEqualTo(sooner.content().length());
  }

  @Test
  void tellsWhichOfSomeNotificationsAreDueAndWhichOfThoseHaveNoRoom() throws Exception {
    NotificationId once = accept();
    NotificationId begun = begun();
    NotificationId retried = begun();
    settle(retried, 1, broken(), new NextStep.Retry(NOW + 10, 1, "exhausted"));
    AcceptRequest later = request(TENANT, "later", null, NOW + 20);
    await(ledger().accept(later));
    NotificationId unknown = ids.next();
    NotificationId twin = new NotificationId(once.key(), once.random() ^ 1);
    Set<NotificationId> asked = Set.of(once, begun, retried, later.id(), unknown, twin);

    DueAmong all = await(ledger().dueOf(asked, NOW + 10, Long.MAX_VALUE));
    assertThat(all.items()).extracting(WorkItem::id).containsExactly(once, retried);
    assertThat(all.items().get(1).lane()).isEqualTo(RETRY_LANE);
    assertThat(all.items().get(1).attempts()).hasSize(1);
    assertThat(all.left()).isEmpty();
    DueAmong least = await(ledger().dueOf(asked, NOW + 10, 0));
    assertThat(least.items()).extracting(WorkItem::id).containsExactly(once);
    assertThat(least.left()).containsExactly(retried);
    assertThat(await(ledger().dueOf(Set.of(), NOW, 0)).items()).isEmpty();
  }

  @Test
  void givesOutNoMoreDueWorkThanTheCallerHasBytesFor() throws Exception {
    AcceptRequest one = request("x".repeat(500));
    AcceptRequest two = request("y".repeat(500));
    AcceptRequest three = request("z".repeat(500));
    await(ledger().acceptAll(List.of(one, two, three)));
    int bytes = one.content().length();

    DueWork least = await(ledger().due(LANE, -1, NOW, 9, 0, Set.of()));
    assertThat(least.items()).extracting(WorkItem::id).containsExactly(one.id());
    assertThat(least.more()).isTrue();
    DueWork some = await(ledger().due(LANE, -1, NOW, 9, bytes * 2L, Set.of()));
    assertThat(some.items()).extracting(WorkItem::id).containsExactly(one.id(), two.id());
    assertThat(some.more()).isTrue();
    DueWork rest = await(ledger().due(LANE, -1, NOW, 1, bytes, Set.of(one.id(), two.id())));
    assertThat(rest.items()).extracting(WorkItem::id).containsExactly(three.id());
    assertThat(rest.more()).isFalse();
  }

  @Test
  void itemsOfBatchesHaveLanesOfTheirOwnInEveryRound() throws Exception {
    Lane batch = new Lane(LANE.channel(), LANE.priority(), LaneKind.BATCH);
    AcceptRequest alone = request("alone");
    AcceptRequest template = request("one of many");
    AcceptRequest item =
        new AcceptRequest(
            template.id(),
            template.notification(),
            List.of(),
            template.content(),
            true,
            template.state(),
            template.acceptedAtMillis(),
            template.dueAtMillis(),
            null);
    await(ledger().acceptAll(List.of(alone, item)));

    assertThat(dueIds(LANE, NOW)).containsExactly(alone.id());
    assertThat(due(batch, NOW)).singleElement().matches(WorkItem::batch);
    await(ledger().move(item.id(), 0, false, new NextStep.Retry(NOW, 1, "next_round"), NOW));
    assertThat(dueIds(batch, NOW)).isEmpty();
    assertThat(due(batch.ofRound(1), NOW))
        .singleElement()
        .satisfies(again -> assertThat(again.lane()).isEqualTo(batch.ofRound(1)));
    await(ledger().move(item.id(), 0, false, new NextStep.Retry(NOW, 0, "replayed"), NOW));
    assertThat(dueIds(batch, NOW)).containsExactly(item.id());
  }

  @Test
  void whatIsDueIsStillInTheTraceThatItCameIn() throws Exception {
    AcceptRequest template = request("traced");
    TraceContext trace = TraceContext.begin();
    AcceptRequest traced =
        new AcceptRequest(
            template.id(),
            template.notification(),
            List.of(),
            template.content(),
            false,
            template.state(),
            template.acceptedAtMillis(),
            template.dueAtMillis(),
            null,
            null,
            trace);
    await(ledger().accept(traced));

    assertThat(due(LANE, NOW)).extracting(WorkItem::trace).containsExactly(trace);
    assertThat(await(ledger().dueOf(Set.of(traced.id()), NOW, 0)).items())
        .extracting(WorkItem::trace)
        .containsExactly(trace);
    assertThat(timeline(traced.id()).trace()).isEqualTo(trace);
  }

  @Test
  void countsTheBacklogByLane() throws Exception {
    accept();
    await(ledger().accept(request(TENANT, "later", null, NOW + 20)));
    NotificationId retried = begun();
    settle(retried, 1, broken(), new NextStep.Retry(NOW + 99, 1, "exhausted"));

    assertThat(await(ledger().backlog(NOW + 5)))
        .containsExactlyInAnyOrder(new Backlog(LANE, 1, 1, NOW), new Backlog(RETRY_LANE, 0, 1, 0));
  }

  @Test
  void takesUnreadableNotificationsOutOfTheLane() throws Exception {
    AcceptRequest good = request("good");
    AcceptRequest template = request("bad");
    AcceptRequest bad =
        new AcceptRequest(
            template.id(),
            template.notification(),
            Buffer.buffer("not json"),
            NotificationState.QUEUED,
            NOW - 1,
            NOW - 1,
            null);
    await(ledger().acceptAll(List.of(good, bad)));

    assertThat(await(ledger().due(LANE, -1, NOW, 1, Long.MAX_VALUE, Set.of())).items())
        .extracting(WorkItem::id)
        .containsExactly(good.id());
    assertThat(timeline(bad.id()).reason()).isEqualTo("unreadable");
    assertThat(state(bad.id())).isEqualTo(NotificationState.DEAD_LETTER);
  }
}
