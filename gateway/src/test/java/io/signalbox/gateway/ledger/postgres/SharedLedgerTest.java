package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.ApiKeyLedger;
import io.signalbox.gateway.ledger.ApiKeyLedger.Rotation;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.LateMatches;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.NextStep;
import io.signalbox.gateway.ledger.ProviderLedger;
import io.signalbox.gateway.ledger.ProviderLedger.HealthRow;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.Settled;
import io.signalbox.gateway.ledger.Settlement;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sql.SqlLedgerOptions;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes change the same ledger at the same time. */
class SharedLedgerTest extends LedgerContract {
  private static final SqlLedgerOptions LIMITS =
      new SqlLedgerOptions(64, 100_000, 1 << 30, 2, 1_000);

  private final List<Ledger> nodes = new ArrayList<>();
  private final List<ApiKeyLedger> keys = new ArrayList<>();

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @BeforeEach
  void join() throws Exception {
    nodes.add(ledger());
    keys.add(opened.apiKeys());
    for (int i = 0; i < 2; i++) {
      SqlLedger other =
          await(
                  PostgresLedger.open(
                      vertx,
                      PostgresDatabases.options(PostgresDatabases.ENGINE.database(directory)),
                      NodeOptions.of("another", 60_000),
                      LIMITS,
                      new StoredForm(),
                      EventOutlet.NONE))
              .ledger();
      nodes.add(other);
      keys.add(other.apiKeys());
    }
  }

  @AfterEach
  void leave() throws Exception {
    for (Ledger node : nodes.subList(1, nodes.size())) {
      await(node.close());
    }
  }

  @Test
  void ofManyAcceptsWithOneKeyOneIsStored() throws Exception {
    for (String key : List.of("k1", "k2", "k3")) {
      List<Future<AcceptResult>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(nodes.get(i % 2).accept(request(TENANT, "hello", key, NOW)));
      }
      int stored = 0;
      for (Future<AcceptResult> answer : answers) {
        AcceptResult result = await(answer);
        if (result instanceof AcceptResult.Stored) {
          stored++;
        } else {
          assertThat(result).isInstanceOf(AcceptResult.Duplicate.class);
        }
      }
      assertThat(stored).isEqualTo(1);
    }
    assertThat(askStore("SELECT count(*) FROM notifications")).containsExactly("3");
  }

  @Test
  void aKeyWhoseNotificationIsGoneIsUsedAnewOnce() throws Exception {
    await(ledger().accept(request(TENANT, "hello", "key", NOW)));
    engine().change(directory, "DELETE FROM notifications");
    List<Future<AcceptResult>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add(nodes.get(i % 3).accept(request(TENANT, "hello", "key", NOW)));
    }
    long stored = 0;
    for (Future<AcceptResult> answer : answers) {
      stored += await(answer) instanceof AcceptResult.Stored ? 1 : 0;
    }
    assertThat(stored).isEqualTo(1);
  }

  @Test
  void ofTwoRotationsOfAnApiKeyOneSeesTheOther() throws Exception {
    AuditEntry line =
        new AuditEntry(NOW, new Who(TENANT, "alex", "", ""), "a", "k", null, null, "done", "");
    for (int i = 0; i < 20; i++) {
      String id = "key-" + i;
      await(
          opened
              .apiKeys()
              .addApiKey(
                  new ApiKey(
                      id,
                      TENANT,
                      "shop",
                      List.of("viewer"),
                      List.of(),
                      ApiKey.Quota.NONE,
                      "h0",
                      null,
                      NOW,
                      "alex",
                      null,
                      null,
                      null),
                  line));
      List<Future<Rotation>> both = new ArrayList<>();
      for (ApiKeyLedger node : keys) {
        String hash = "h" + (both.size() + 1);
        both.add(node.rotateApiKey(TENANT, id, hash, NOW + 60_000, line));
      }
      long done = 0;
      for (Future<Rotation> each : both) {
        done += await(each) instanceof Rotation.Done ? 1 : 0;
      }
      // The key in use still counts: it was replaced once, and not twice.
      assertThat(done).isEqualTo(1);
      ApiKey left = await(opened.apiKeys().apiKey(id)).orElseThrow();
      assertThat(left.previous()).isEqualTo(new ApiKey.Previous("h0", NOW + 60_000));
    }
  }

  @Test
  void eachAttemptIsBegunOnceAndItsEndIsTakenOnce() throws Exception {
    int count = 60;
    List<NotificationId> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(accept());
    }
    Random random = new Random(11);
    for (int number = 1; number <= 4; number++) {
      int attempt = number;
      List<List<Future<Settled>>> begun = new ArrayList<>();
      for (Ledger node : nodes) {
        // Each in an order of its own, so that they wait for each other crosswise.
        List<NotificationId> order = new ArrayList<>(all);
        Collections.shuffle(order, random);
        Future<?>[] answers = new Future<?>[count];
        for (NotificationId id : order) {
          answers[all.indexOf(id)] = node.begin(start(id, attempt));
        }
        begun.add(IntStream.range(0, count).mapToObj(i -> settled(answers[i])).toList());
      }
      for (int i = 0; i < count; i++) {
        int applied = 0;
        for (List<Future<Settled>> ofNode : begun) {
          applied += await(ofNode.get(i)).applied() ? 1 : 0;
        }
        assertThat(applied).as("attempt %d of %d", attempt, i).isEqualTo(1);
      }
      NextStep next =
          number == 4 ? finish(NotificationState.FAILED) : new NextStep.Retry(NOW, 0, "again");
      List<Future<Settled>> ends = new ArrayList<>();
      for (Ledger node : nodes) {
        for (NotificationId id : all) {
          Settlement end = new Settlement(new AttemptId(id, attempt), broken(), NOW + 100, 9, next);
          ends.add(node.settle(end));
        }
      }
      int taken = 0;
      for (Future<Settled> end : ends) {
        taken += await(end).applied() ? 1 : 0;
      }
      assertThat(taken).isEqualTo(count);
    }
    assertThat(
            askStore(
                "SELECT count(*), count(DISTINCT (notification_id, attempt)) FROM"
                    + " provider_requests"))
        .containsExactly(count * 4 + "|" + count * 4);
    assertThat(askStore("SELECT DISTINCT state, attempts FROM notifications")).hasSize(1);
  }

  @SuppressWarnings("unchecked")
  private static Future<Settled> settled(Future<?> answer) {
    return (Future<Settled>) answer;
  }

  @Test
  void aReceiptThatTwoNodesAreToldCountsOnce() throws Exception {
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      NotificationId id = begun();
      settleSent(id, 1, "m" + i);
      receipts.add(receipt("e" + i, new AttemptId(id, 1), null, ReceiptStatus.DELIVERED));
    }
    List<Receipt> backwards = new ArrayList<>(receipts);
    Collections.reverse(backwards);
    Future<List<ReceiptEffect>> one =
        nodes.get(0).record(new WebhookBatch("alpha", NOW + 60, receipts));
    Future<List<ReceiptEffect>> two =
        nodes.get(1).record(new WebhookBatch("alpha", NOW + 60, backwards));
    long moved =
        List.of(await(one), await(two)).stream()
            .flatMap(List::stream)
            .filter(effect -> effect.kind() == ReceiptEffect.Kind.MOVED)
            .count();
    assertThat(moved).isEqualTo(40);
    assertThat(askStore("SELECT count(*) FROM webhook_events")).containsExactly("40");
  }

  @Test
  void aReceiptThatCameWhileItsAttemptWasStoredElsewhereIsMatchedLater() throws Exception {
    NotificationId id = begun();
    settleSent(id, 1, "m-1");
    record("alpha", receipt("e-1", null, "m-1", ReceiptStatus.DELIVERED));
    // As if neither had seen the other.
    engine().change(directory, "UPDATE webhook_events SET notification_id = NULL, attempt = NULL");
    engine().change(directory, "UPDATE notifications SET state = 4");
    engine().change(directory, "UPDATE provider_requests SET receipt_status = 0");
    assertThat(state(id)).isEqualTo(NotificationState.SENT);

    LateMatches none = await(opened.webhooks().matchLate(-1, NOW + 70));
    assertThat(none.found()).isEmpty();
    LateMatches late = await(opened.webhooks().matchLate(none.newest() - 1, NOW + 70));
    assertThat(late.found()).hasSize(1);
    assertThat(state(id)).isEqualTo(NotificationState.DELIVERED);
    assertThat(await(opened.webhooks().matchLate(0, NOW + 70)).found()).isEmpty();
  }

  @Test
  void aProviderIsAbsentWhenNoNodeHasToldOfItForMinutes() throws Exception {
    ProviderLedger here = opened.providers();
    await(here.recordHealth(List.of(health("theirs", NOW), health("nobodys", NOW - 200_000))));

    assertThat(await(here.recordAbsent(Set.of("mine"), NOW + 60_000))).isFalse();

    assertThat(askStore("SELECT provider, status FROM provider_health ORDER BY provider"))
        .containsExactly("nobodys|unavailable", "theirs|healthy");
  }

  private static HealthRow health(String provider, long atMillis) {
    return new HealthRow(provider, "healthy", 100, 1, 1, 0, atMillis, 0, atMillis);
  }
}
