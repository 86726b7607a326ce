package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.gateway.ledger.CallbackQueue.Roll;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.ReceiptStatus;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every ledger keeps what its callback endpoints are to be sent, and what became of it. */
public abstract class BaseCallbackQueueTest extends CallbackContract {
  @Test
  void eventsAreStoredForTheEndpointsThatWantThem() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    CallbackEndpoint receipts = add(TENANT, "io.signalbox.receipt.delivered");
    heard.want(false);
    NotificationId id = delivered();

    assertThat(types(due(all)))
        .containsExactly("notification.sent", "receipt.delivered", "notification.delivered");
    assertThat(types(due(receipts))).containsExactly("receipt.delivered");
    assertThat(heard.rung()).contains(all.id().key(), receipts.id().key());
    JsonObject event = due(receipts).get(0).content().toJsonObject();
    assertThat(event.getString("id")).isEqualTo(due(receipts).get(0).eventId());
    assertThat(event.getString("specversion")).isEqualTo("1.0");
    assertThat(event.getString("source")).isEqualTo("/signalbox");
    assertThat(event.getString("subject")).isEqualTo(id.toString());
    assertThat(event.getString("time")).isEqualTo("2023-11-14T22:13:20.050Z");
    assertThat(event.getJsonObject("data"))
        .isEqualTo(
            new JsonObject()
                .put("tenant", TENANT)
                .put("notification_id", id.toString())
                .put("attempt_id", id + "-1")
                .put("provider", "alpha")
                .put("provider_message_id", "m1")
                .put("channel", "email")
                .put("status", "delivered")
                .put("reason", "none")
                .put("provider_code", "30003")
                .put("provider_text", "text")
                .put("recipient", "someone@example.org")
                .put("occurred_at", "2023-11-14T22:13:20.050Z")
                .put("received_at", "2023-11-14T22:13:20.060Z"));
  }

  @Test
  void nothingIsStoredWithoutAnEndpointThatWantsIt() throws Exception {
    CallbackEndpoint later = add(TENANT, "io.signalbox.receipt.bounced");
    delivered();
    await(callbacks().change(TENANT, later.id(), wants("io.signalbox.*"), NOW));
    assertThat(due(later)).isEmpty();

    record("alpha", receipt("more", attemptOfLast, null, ReceiptStatus.OPENED));
    assertThat(types(due(later))).containsExactly("receipt.opened");
  }

  @Test
  void nothingIsStoredForARefusedChange() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    NotificationId good = begun();
    NotificationId bad = accept();
    Future<?> refused = settleAsSent(bad, "m0");
    Future<?> taken = settleAsSent(good, "m1");
    // Takes an endpoint back that never was: what the writer remembers must not have it.
    await(Future.join(refused, taken).otherwiseEmpty());

    assertThat(refused.failed()).isTrue();
    assertThat(due(all)).hasSize(1);
    assertThat(due(all).get(0).content().toJsonObject().getString("subject"))
        .isEqualTo(good.toString());
  }

  @Test
  void attemptsAreRecorded() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();
    List<Due> due = due(all);
    await(
        queue()
            .record(
                List.of(
                    result(all, due.get(0), DeliveryState.DELIVERED, NOW + 100, null),
                    result(all, due.get(1), DeliveryState.PENDING, NOW + 100, "timeout"),
                    result(all, due.get(2), DeliveryState.FAILED, NOW + 100, "refused")),
                LIMITS));
    record("alpha", receipt("more", attemptOfLast, null, ReceiptStatus.OPENED));
    await(
        queue()
            .record(
                List.of(result(all, due(all).get(0), DeliveryState.SKIPPED, NOW + 100, null)),
                LIMITS));

    assertThat(due(all)).isEmpty();
    assertThat(await(queue().due(all.id().key(), NOW + 5_100, 10, Set.of())).due())
        .singleElement()
        .satisfies(again -> assertThat(again.attempts()).isEqualTo(1));
    assertThat(await(callbacks().deliveries(all.id(), null, ALL, 10)))
        .extracting(CallbackDelivery::state)
        .containsExactly(
            DeliveryState.SKIPPED,
            DeliveryState.FAILED,
            DeliveryState.PENDING,
            DeliveryState.DELIVERED);
    for (DeliveryState state : DeliveryState.values()) {
      assertThat(await(callbacks().deliveries(all.id(), state, ALL, 10)))
          .singleElement()
          .satisfies(one -> assertThat(one.state()).isEqualTo(state));
    }
    CallbackDelivery pending =
        await(callbacks().deliveries(all.id(), DeliveryState.PENDING, ALL, 10)).get(0);
    assertThat(pending)
        .isEqualTo(
            new CallbackDelivery(
                due.get(1).key(),
                due.get(1).eventId(),
                "io.signalbox.receipt.delivered",
                NOW + 50,
                DeliveryState.PENDING,
                1,
                NOW + 5_100,
                NOW + 100,
                12,
                0,
                "timeout"));
  }

  @Test
  void whatIsPutOffIsNoAttempt() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.receipt.*");
    delivered();
    Due due = due(all).get(0);
    Result putOff = Result.putOff(all.id().key(), due, URL, NOW + 5_000, NOW + 100, "host_silent");
    await(queue().record(List.of(putOff), LIMITS));

    assertThat(due(all)).isEmpty();
    assertThat(await(queue().due(all.id().key(), NOW + 5_000, 10, Set.of())).due())
        .containsExactly(due);
    CallbackDelivery logged = await(callbacks().deliveries(all.id(), null, ALL, 10)).get(0);
    assertThat(logged.attempts()).isZero();
    assertThat(logged.attemptedAtMillis()).isZero();
    assertThat(logged.error()).isEqualTo("host_silent");
    assertThat(await(callbacks().find(TENANT, all.id())).orElseThrow().failingSinceMillis())
        .isZero();

    fail(all, due, 1, NOW + 5_000);
    await(queue().record(List.of(putOff), LIMITS));
    assertThat(await(queue().due(all.id().key(), NOW + 9_999, 10, Set.of())).due()).isEmpty();
  }

  @Test
  void theLogIsReadInPages() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    for (int i = 0; i < 4; i++) {
      delivered();
    }
    List<CallbackDelivery> first = await(callbacks().deliveries(all.id(), null, ALL, 7));
    List<CallbackDelivery> second =
        await(callbacks().deliveries(all.id(), null, first.get(6).key(), 7));

    assertThat(first).hasSize(7);
    assertThat(second).hasSize(5);
    assertThat(IntStream.range(0, 12).boxed().toList())
        .allSatisfy(
            i ->
                assertThat(i < 7 ? first.get(i).key() : second.get(i - 7).key())
                    .isEqualTo(first.get(0).key() - i));
  }

  @Test
  void dueIsReadInAWindowWithoutWhatTheCallerHas() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();
    List<Due> due = due(all);

    assertThat(await(queue().due(all.id().key(), NOW + 100, 1, Set.of(due.get(0).key()))).due())
        .containsExactly(due.get(1));
    assertThat(await(queue().due(all.id().key(), NOW, 10, Set.of())).due()).isEmpty();
  }

  @Test
  void endpointsAtWhichSomethingIsDueAreKnown() throws Exception {
    CallbackEndpoint busy = add(TENANT, "io.signalbox.*");
    CallbackEndpoint idle = add(TENANT, "io.signalbox.callback.test");
    delivered();
    Roll roll = await(queue().enabled(NOW + 100));

    assertThat(roll.endpoints()).containsExactly(busy, idle);
    assertThat(roll.due()).containsExactly(busy.id().key());
    assertThat(await(queue().enabled(NOW - 1_000)).due()).isEmpty();
    await(callbacks().change(TENANT, busy.id(), enabled(false), NOW));
    assertThat(await(queue().enabled(NOW + 100)).due()).isEmpty();
  }

  @Test
  void whatIsOldIsDeletedForEveryTenantSomeAtATime() throws Exception {
    for (int i = 0; i < CallbackLedger.MAX_ENDPOINTS; i++) {
      add(TENANT, "io.signalbox.receipt.*");
    }
    CallbackEndpoint other = add("other", "io.signalbox.*");
    tell(other);
    int events = 20;
    for (int i = 0; i < events; i++) {
      delivered();
    }

    int deleted = 0;
    int some = await(queue().deleteOld(NOW + 10_000));
    assertThat(some).isBetween(1, 10);
    while (some > 0) {
      deleted += some;
      some = await(queue().deleteOld(NOW + 10_000));
    }
    assertThat(deleted).isEqualTo(events + 1);
    assertThat(await(queue().enabled(ALL)).due()).isEmpty();
    assertThat(await(callbacks().deliveries(other.id(), null, ALL, 10))).isEmpty();
  }

  @Test
  void whatIsOldIsDeletedAndWhatIsYoungIsNot() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();

    assertThat(await(queue().deleteOld(NOW))).isZero();
    assertThat(due(all)).hasSize(3);
    assertThat(await(queue().deleteOld(NOW + 10_000))).isEqualTo(3);
    assertThat(await(queue().deleteOld(NOW + 10_000))).isZero();
    assertThat(due(all)).isEmpty();
    assertThat(await(callbacks().deliveries(all.id(), null, ALL, 10))).isEmpty();
    assertThat(await(callbacks().all(TENANT))).hasSize(1);
  }

  private Future<Settled> settleAsSent(NotificationId id, String messageId) {
    return ledger()
        .settle(
            new Settlement(
                new AttemptId(id, 1), sent(messageId), NOW, 1, finish(NotificationState.SENT)));
  }

  private void tell(CallbackEndpoint endpoint) throws Exception {
    assertThat(await(callbacks().sendTo(endpoint.id(), testEvent(endpoint)))).isTrue();
  }

  private static CallbackPatch wants(String... filters) {
    return new CallbackPatch(null, null, filters(filters), null);
  }
}
