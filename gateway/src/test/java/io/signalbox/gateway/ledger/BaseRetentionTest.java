package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.BreakerLedger.BreakerTransition;
import io.signalbox.gateway.ledger.Decision.RankingSnapshot;
import io.signalbox.gateway.ledger.RetentionLedger.Removed;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Recipient;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** What every ledger must let go of, and what it must not. */
public abstract class BaseRetentionTest extends LedgerContract {
  /** All that these tests do is before it, and so are the weeks in which they do it. */
  private final long later = System.currentTimeMillis() + Duration.ofDays(40).toMillis();

  private static int all(LongFunction<Future<Removed>> removal, long before) throws Exception {
    int rows = 0;
    Removed some;
    do {
      some = await(removal.apply(before));
      rows += some.rows();
    } while (some.more());
    return rows;
  }

  private int removeNotifications(long before) throws Exception {
    return all(opened.retention()::removeNotifications, before);
  }

  private long rows(String table) throws Exception {
    return Long.parseLong(askStore("SELECT COUNT(*) FROM " + table).get(0));
  }

  private NotificationId finished(NotificationState state) throws Exception {
    NotificationId id = begun();
    settle(id, 1, state == NotificationState.SENT ? sent("m-" + id) : broken(), finish(state));
    return id;
  }

  private boolean isLeft(NotificationId id) throws Exception {
    return await(reports().timeline(TENANT, id)).isPresent();
  }

  @Test
  void finishedOnesGoWithAllTheyHaveAndAreCounted() throws Exception {
    NotificationId sent = finished(NotificationState.SENT);
    record(sent, 1, ReceiptStatus.DELIVERED);
    NotificationId failed = finished(NotificationState.FAILED);
    await(ledger().note(failed, "noted", null, NOW));
    NotificationId cancelled = accept();
    await(reports().cancel(TENANT, cancelled, NOW));

    assertThat(removeNotifications(later)).isEqualTo(3);
    assertThat(all(opened.retention()::removeReceipts, later)).isEqualTo(1);

    for (NotificationId id : List.of(sent, failed, cancelled)) {
      assertThat(isLeft(id)).isFalse();
    }
    for (String table :
        List.of("notifications", "provider_requests", "notification_events", "webhook_events")) {
      assertThat(rows(table)).as(table).isZero();
    }
    assertThat(
            askStore(
                "SELECT tenant, channel, state, notifications, attempts FROM removed_totals"
                    + " ORDER BY state"))
        .containsExactly(
            TENANT + "|" + Channel.EMAIL.code() + "|5|1|1",
            TENANT + "|" + Channel.EMAIL.code() + "|7|1|0",
            TENANT + "|" + Channel.EMAIL.code() + "|9|1|1");
    assertThat(removeNotifications(later + 1)).isZero();
  }

  @Test
  void aTenantsOwnTimeHoldsForItAndTheOthersForAllElse() throws Exception {
    NotificationId own = finished(NotificationState.SENT);
    AcceptRequest other = request("shop", "hello", null, NOW);
    await(ledger().accept(other));
    await(reports().cancel("shop", other.id(), NOW));
    RetentionLedger perTenant =
        opened.whole().retention(List.of("shop"), Duration.ofDays(3_000).toMillis());

    assertThat(all(perTenant::removeNotifications, later)).isEqualTo(1);
    assertThat(isLeft(own)).isFalse();
    assertThat(await(reports().timeline("shop", other.id()))).isPresent();

    assertThat(all(before -> perTenant.removeNotifications("shop", before), NOW)).isZero();
    assertThat(all(before -> perTenant.removeNotifications("shop", before), later)).isEqualTo(1);
    assertThat(rows("notifications")).isZero();
    assertThat(rows("provider_requests")).isZero();
  }

  @Test
  void whatIsNotFinishedStaysHoweverOldItIs() throws Exception {
    NotificationId queued = accept();
    NotificationId underWay = begun();
    NotificationId held = finished(NotificationState.HELD);
    NotificationId dead = finished(NotificationState.DEAD_LETTER);
    await(ledger().note(dead, "noted", null, NOW));
    NotificationId unconfirmed = begun();
    settle(unconfirmed, 1, sent("m"), new NextStep.Confirm(NOW + 500, "sent"));
    record(unconfirmed, 1, ReceiptStatus.SENT);
    NotificationId awaited = begun();
    settle(awaited, 1, unknown(), new NextStep.Await(NOW + 500, "timeout"));
    List<NotificationId> gone = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      gone.add(finished(NotificationState.SENT));
    }
    AcceptRequest scheduled = request(TENANT, "later", null, NOW + 9_000);
    await(ledger().accept(scheduled));

    assertThat(removeNotifications(later)).isEqualTo(3);
    assertThat(removeNotifications(later + 1)).isZero();
    assertThat(all(opened.retention()::removeReceipts, later)).isZero();

    for (NotificationId id : gone) {
      assertThat(isLeft(id)).isFalse();
    }
    assertThat(timeline(held).attempts()).hasSize(1);
    assertThat(timeline(dead).events()).extracting(Timeline.Event::event).contains("noted");
    assertThat(timeline(unconfirmed).receipts()).hasSize(1);
    assertThat(dueIds(LANE, NOW + 9_000))
        .containsExactlyInAnyOrder(queued, unconfirmed, awaited, scheduled.id());
    settleSent(underWay, 1, "m-under-way");
    assertThat(state(underWay)).isEqualTo(NotificationState.SENT);
    await(ledger().begin(start(queued, 1)));
    settleSent(queued, 1, "m-queued");
    assertThat(await(reports().countDeadLetters(DeadLetterFilter.all(TENANT)))).isEqualTo(2);
    DeadLettersMoved replayed =
        await(reports().replayDeadLetters(DeadLetterFilter.all(TENANT), 10, NOW + 1_000));
    assertThat(replayed.count()).isEqualTo(2);
    assertThat(await(ledger().begin(start(dead, 2))).applied()).isTrue();

    // What has finished since goes like any other.
    assertThat(removeNotifications(later + 2)).isEqualTo(2);
  }

  @Test
  void whatIsYoungOrChangedLatelyStays() throws Exception {
    NotificationId young = finished(NotificationState.SENT);
    NotificationId changed = begun();
    await(
        ledger()
            .settle(
                new Settlement(
                    new AttemptId(changed, 1),
                    sent("m"),
                    later,
                    9,
                    finish(NotificationState.SENT))));

    assertThat(removeNotifications(young.timestampMillis())).isZero();
    assertThat(removeNotifications(later)).isEqualTo(1);
    assertThat(isLeft(changed)).isTrue();
    assertThat(timeline(changed).attempts()).hasSize(1);
  }

  @Test
  void aReceiptThatComesLateIsUnmatchedAndGoesInItsTurn() throws Exception {
    NotificationId id = finished(NotificationState.SENT);
    record("alpha", receipt("early", null, "m-" + id, ReceiptStatus.SENT));
    removeNotifications(later);

    assertThat(record("alpha", receipt("early", null, "m-" + id, ReceiptStatus.SENT)).get(0).kind())
        .isEqualTo(ReceiptEffect.Kind.REPEATED);
    ReceiptEffect late =
        record("alpha", receipt("late", new AttemptId(id, 1), "m-" + id, ReceiptStatus.DELIVERED))
            .get(0);
    assertThat(late.kind()).isEqualTo(ReceiptEffect.Kind.UNMATCHED);
    assertThat(rows("webhook_events")).isEqualTo(2);

    assertThat(all(opened.retention()::removeReceipts, NOW + 60)).isZero();
    assertThat(all(opened.retention()::removeReceipts, NOW + 61)).isEqualTo(2);
    assertThat(rows("webhook_events")).isZero();
  }

  @Test
  void anIdempotencyKeyIsNewAgainWhenItsTimeIsOver() throws Exception {
    AcceptRequest first = request(TENANT, "hello", "key-1", NOW);
    await(ledger().accept(first));
    await(ledger().accept(request(TENANT, "hello", "key-2", NOW)));
    RetentionLedger retention = opened.retention();

    assertThat(all(retention::removeIdempotencyKeys, NOW)).isZero();
    assertThat(await(ledger().accept(request(TENANT, "hello", "key-1", NOW))))
        .isInstanceOf(AcceptResult.Duplicate.class);
    assertThat(all(retention::removeIdempotencyKeys, NOW + 1)).isEqualTo(2);
    assertThat(await(ledger().accept(request(TENANT, "other", "key-1", NOW))))
        .isInstanceOf(AcceptResult.Stored.class);
    assertThat(isLeft(first.id())).isTrue();
  }

  @Test
  void aKeyWhoseNotificationIsGoneStoresAnew() throws Exception {
    AcceptRequest first = request(TENANT, "hello", "key-1", NOW);
    await(ledger().accept(first));
    await(reports().cancel(TENANT, first.id(), NOW));
    removeNotifications(later);

    AcceptRequest again = request(TENANT, "hello", "key-1", NOW);
    assertThat(await(ledger().accept(again))).isEqualTo(new AcceptResult.Stored(again.id()));
    assertThat(await(ledger().accept(request(TENANT, "hello", "key-1", NOW))))
        .isEqualTo(new AcceptResult.Duplicate(again.id(), NotificationState.QUEUED));
  }

  @Test
  void otherIdsGoAfterTheNotificationThatTheyStandFor() throws Exception {
    NotificationId held = finished(NotificationState.HELD);
    NotificationId gone = finished(NotificationState.SENT);
    for (NotificationId id : List.of(held, gone)) {
      engine()
          .change(
              directory,
              "INSERT INTO notification_aliases (id, random, tenant, notification_id,"
                  + " notification_random, created_at) SELECT id + 1, 7, tenant, id, random,"
                  + " updated_at FROM notifications WHERE id = "
                  + id.key());
    }
    removeNotifications(later);

    assertThat(all(opened.retention()::removeAliases, NOW)).isZero();
    assertThat(all(opened.retention()::removeAliases, later)).isEqualTo(1);
    assertThat(askStore("SELECT notification_id FROM notification_aliases"))
        .containsExactly(Long.toString(held.key()));
  }

  @Test
  void theLastTransitionOfEachBreakerStays() throws Exception {
    for (String provider : List.of("alpha", "beta")) {
      for (int i = 1; i <= 3; i++) {
        await(opened.breakers().recordTransition(moved(provider, i)));
      }
    }

    assertThat(all(opened.retention()::removeBreakerEvents, NOW + 2)).isEqualTo(2);
    assertThat(all(opened.retention()::removeBreakerEvents, later)).isEqualTo(2);
    assertThat(
            askStore("SELECT provider, generation FROM circuit_breaker_events ORDER BY provider"))
        .containsExactly("alpha|3", "beta|3");
  }

  private static BreakerTransition moved(String provider, int generation) {
    return new BreakerTransition(
        provider,
        "closed",
        "open",
        "manual",
        "by hand",
        generation,
        NOW + generation,
        NOW + 60_000,
        60_000,
        false,
        null,
        "{}");
  }

  @Test
  void rankingsGoWhenNoAttemptRefersToThemAnyMore() throws Exception {
    ranked(1, NOW, NotificationState.SENT);
    NotificationId held = ranked(2, NOW, NotificationState.HELD);
    ranked(3, later, NotificationState.SENT);
    removeNotifications(later);

    assertThat(all(opened.retention()::removeRankings, later)).isEqualTo(1);
    assertThat(askStore("SELECT id FROM rankings ORDER BY id")).containsExactly("2", "3");
    assertThat(timeline(held).attempts().get(0).decision().ranking()).isNotNull();
  }

  /** A notification whose attempt began at a time, and refers to a ranking. */
  private NotificationId ranked(long ranking, long atMillis, NotificationState end)
      throws Exception {
    NotificationId id = accept();
    AttemptStart start =
        new AttemptStart(
            new AttemptId(id, 1),
            0,
            Channel.EMAIL,
            "alpha",
            7,
            new Decision(new RankingSnapshot(ranking, "{}"), "best_score", List.of()),
            atMillis,
            atMillis + 10_000,
            false,
            new Recipient.Email("someone@example.org"),
            false);
    await(ledger().begin(start));
    settle(id, 1, end == NotificationState.SENT ? sent("m-" + id) : unknown(), finish(end));
    return id;
  }

  @Test
  void contentsGoBeforeTheRestWhereNothingIsToBeDoneAnyMore() throws Exception {
    List<NotificationId> over = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      over.add(accept());
    }
    List<Future<?>> ending = new ArrayList<>();
    over.forEach(id -> ending.add(reports().cancel(TENANT, id, NOW)));
    await(Future.all(ending));
    NotificationId sent = finished(NotificationState.SENT);
    NotificationId held = finished(NotificationState.HELD);
    NotificationId open = accept();

    assertThat(all(opened.retention()::removeContents, NOW)).isZero();
    assertThat(all(opened.retention()::removeContents, later)).isEqualTo(451);
    assertThat(all(opened.retention()::removeContents, later)).isZero();

    assertThat(timeline(over.get(0)).content().length()).isZero();
    assertThat(timeline(sent).content().length()).isZero();
    assertThat(timeline(sent).attempts()).hasSize(1);
    assertThat(timeline(sent).updatedAtMillis()).isLessThan(later);
    assertThat(timeline(held).content().length()).isPositive();
    assertThat(dueIds(LANE, NOW)).containsExactly(open);
    // What comes late still moves it; nobody knows any more to whom it went.
    record(sent, 1, ReceiptStatus.BOUNCED);
    assertThat(timeline(sent).receipts()).hasSize(1);
    assertThat(rows("removed_totals")).isZero();
    assertThat(removeNotifications(later)).isEqualTo(451);
  }

  @Test
  void underLoadNothingIsRefusedOrLost() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    List<NotificationId> staying = new ArrayList<>();
    List<AcceptRequest> old = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      old.add(request("old"));
    }
    await(ledger().acceptAll(old));
    int going = 0;
    List<Future<?>> ending = new ArrayList<>();
    for (AcceptRequest request : old) {
      if (random.nextInt(10) == 0) {
        staying.add(request.id());
      } else {
        going++;
        ending.add(reports().cancel(TENANT, request.id(), NOW));
      }
    }
    await(Future.all(ending));
    List<AcceptRequest> fresh = new ArrayList<>();
    List<Future<?>> work = new ArrayList<>();
    int removed = 0;
    Removed some;
    do {
      for (int i = 0; i < 20; i++) {
        AcceptRequest request = request("new");
        fresh.add(request);
        work.add(
            ledger()
                .accept(request)
                .compose(stored -> ledger().begin(start(request.id(), 1)))
                .compose(
                    begun ->
                        ledger()
                            .settle(
                                new Settlement(
                                    new AttemptId(request.id(), 1),
                                    sent("m-" + request.id()),
                                    later,
                                    1,
                                    finish(NotificationState.SENT)))));
      }
      some = await(opened.retention().removeNotifications(later));
      removed += some.rows();
    } while (some.more());
    await(Future.all(work));

    assertThat(removed).isEqualTo(going);
    for (NotificationId id : staying) {
      assertThat(state(id)).isEqualTo(NotificationState.QUEUED);
    }
    for (AcceptRequest request : fresh) {
      assertThat(timeline(request.id()).attempts()).hasSize(1);
      assertThat(state(request.id())).isEqualTo(NotificationState.SENT);
    }
    assertThat(askStore("SELECT SUM(notifications) FROM removed_totals"))
        .containsExactly(Integer.toString(going));
  }
}
