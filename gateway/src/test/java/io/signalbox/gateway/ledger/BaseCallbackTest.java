package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackQueue.Limits;
import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.gateway.ledger.CallbackQueue.Roll;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Secret;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every ledger keeps callback endpoints and what they are to be sent. */
public abstract class BaseCallbackTest extends LedgerContract {
  private static final long DISABLE_AFTER = Duration.ofDays(5).toMillis();
  private static final long GAP = Duration.ofHours(20).toMillis();
  private static final Limits LIMITS = new Limits(DISABLE_AFTER, GAP);
  private static final String URL = "https://example.org/hook";
  private static final long ALL = Long.MAX_VALUE;

  protected final HeardEvents heard = new HeardEvents();

  protected abstract CallbackLedger callbacks();

  protected abstract CallbackQueue queue();

  @Test
  void anEndpointIsWhatWasAdded() throws Exception {
    CallbackEndpoint added = add(TENANT, "io.signalbox.receipt.*", "io.signalbox.callback.test");

    assertThat(await(callbacks().all(TENANT))).containsExactly(added);
    assertThat(await(callbacks().find(TENANT, added.id()))).contains(added);
    reopen();
    assertThat(await(callbacks().find(TENANT, added.id()))).contains(added);
    assertThat(await(queue().enabled(NOW)).endpoints()).containsExactly(added);
  }

  @Test
  void anEndpointIsOfOneTenantOnly() throws Exception {
    CallbackEndpoint added = add("other", "io.signalbox.*");
    delivered();

    assertThat(await(callbacks().all(TENANT))).isEmpty();
    assertThat(await(callbacks().find(TENANT, added.id()))).isEmpty();
    assertThat(await(callbacks().remove(TENANT, added.id(), NOW))).isFalse();
    assertThat(await(callbacks().change(TENANT, added.id(), CallbackPatch.enable(), NOW)))
        .isEmpty();
    assertThat(due(added)).isEmpty();
  }

  @Test
  void aTenantHasABoundedNumberOfEndpoints() throws Exception {
    for (int i = 0; i < CallbackLedger.MAX_ENDPOINTS; i++) {
      add(TENANT, "io.signalbox.callback.test");
    }
    CallbackEndpoint one = endpoint(TENANT, "io.signalbox.*");

    assertThat(await(callbacks().add(one))).isFalse();
    add("other", "io.signalbox.*");
  }

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
  void aDisabledEndpointGetsNothingUntilItIsEnabled() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    await(callbacks().change(TENANT, all.id(), enabled(false), NOW + 7));
    delivered();

    CallbackEndpoint disabled = await(callbacks().find(TENANT, all.id())).orElseThrow();
    assertThat(disabled.enabled()).isFalse();
    assertThat(disabled.disabledReason()).isEqualTo("by_hand");
    assertThat(disabled.disabledAtMillis()).isEqualTo(NOW + 7);
    assertThat(await(queue().enabled(NOW)).endpoints()).isEmpty();
    assertThat(due(all)).isEmpty();
    assertThat(heard.types()).contains("callback.disabled");

    CallbackEndpoint enabled =
        await(callbacks().change(TENANT, all.id(), CallbackPatch.enable(), NOW + 8)).orElseThrow();
    assertThat(enabled.enabled()).isTrue();
    assertThat(enabled.disabledReason()).isNull();
    record("alpha", receipt("more", attemptOfLast, null, ReceiptStatus.OPENED));
    assertThat(due(all)).hasSize(1);
  }

  @Test
  void whatAPatchDoesNotNameStays() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    CallbackPatch patch = new CallbackPatch("https://example.org/new", "words", null, null);
    CallbackEndpoint changed =
        await(callbacks().change(TENANT, all.id(), patch, NOW + 1)).orElseThrow();

    assertThat(changed.url()).isEqualTo("https://example.org/new");
    assertThat(changed.description()).isEqualTo("words");
    assertThat(changed.filters()).isEqualTo(all.filters());
    assertThat(changed.secrets()).isEqualTo(all.secrets());
    assertThat(changed.enabled()).isTrue();
    assertThat(changed.updatedAtMillis()).isEqualTo(NOW + 1);
    assertThat(await(callbacks().find(TENANT, all.id()))).contains(changed);
  }

  @Test
  void anOldSecretSignsForAWhile() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    CallbackSecret second = secret("whsec_second", NOW + 10);
    CallbackEndpoint rotated =
        await(callbacks().rotate(TENANT, all.id(), second, NOW + 1_000)).orElseThrow();
    assertThat(rotated.secrets())
        .containsExactly(
            second, new CallbackSecret(all.secrets().get(0).value(), NOW, NOW + 1_000));

    CallbackSecret third = secret("whsec_third", NOW + 2_000);
    rotated = await(callbacks().rotate(TENANT, all.id(), third, NOW + 3_000)).orElseThrow();
    assertThat(rotated.secrets())
        .containsExactly(third, new CallbackSecret(second.value(), NOW + 10, NOW + 3_000));
  }

  @Test
  void anEndpointHasABoundedNumberOfValidSecrets() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    for (int i = 1; i < CallbackLedger.MAX_SECRETS; i++) {
      await(callbacks().rotate(TENANT, all.id(), secret("whsec_" + i, NOW + i), NOW + 1_000));
    }
    Future<?> refused =
        callbacks().rotate(TENANT, all.id(), secret("whsec_x", NOW + 100), NOW + 1_000);

    assertThat(refused.toCompletionStage().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(CallbackLedger.TooManySecretsException.class);
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

    assertThat(due(all)).isEmpty();
    assertThat(await(queue().due(all.id().key(), NOW + 5_100, 10, Set.of())).due())
        .singleElement()
        .satisfies(again -> assertThat(again.attempts()).isEqualTo(1));
    assertThat(await(callbacks().deliveries(all.id(), null, ALL, 10)))
        .extracting(CallbackDelivery::state)
        .containsExactly(DeliveryState.FAILED, DeliveryState.PENDING, DeliveryState.DELIVERED);
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
  void anEndpointThatFailsForTooLongIsDisabled() throws Exception {
    CallbackEndpoint bad = add(TENANT, "io.signalbox.notification.*");
    CallbackEndpoint other = add(TENANT, "io.signalbox.callback.*");
    delivered();
    Due due = due(bad).get(0);
    assertThat(fail(bad, due, 1, NOW)).isEmpty();
    assertThat(await(callbacks().find(TENANT, bad.id())).orElseThrow().failingSinceMillis())
        .isEqualTo(NOW);
    int attempt = 1;
    for (long at = NOW + GAP; at < NOW + DISABLE_AFTER; at += GAP) {
      assertThat(fail(bad, due, ++attempt, at)).isEmpty();
    }
    assertThat(fail(bad, due, ++attempt, NOW + DISABLE_AFTER - 1)).isEmpty();
    assertThat(fail(bad, due, ++attempt, NOW + DISABLE_AFTER)).containsExactly(bad.id());

    CallbackEndpoint disabled = await(callbacks().find(TENANT, bad.id())).orElseThrow();
    assertThat(disabled.enabled()).isFalse();
    assertThat(disabled.disabledReason()).isEqualTo("failing");
    NotificationEvent told = heard.all().get(heard.all().size() - 1);
    assertThat(told.type()).isEqualTo("io.signalbox.callback.disabled");
    assertThat(told.callbackId()).isEqualTo(bad.id().toString());
    assertThat(told.providerText()).isEqualTo("failing");
    assertThat(types(await(queue().due(other.id().key(), ALL, 10, Set.of())).due()))
        .containsExactly("callback.disabled");
  }

  @Test
  void aSuccessForgivesFailures() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();
    List<Due> due = due(all);
    fail(all, due.get(0), 1, NOW);
    await(
        queue()
            .record(
                List.of(result(all, due.get(1), DeliveryState.DELIVERED, NOW + 1, null)), LIMITS));

    assertThat(fail(all, due.get(2), 1, NOW + DISABLE_AFTER)).isEmpty();
    assertThat(await(callbacks().find(TENANT, all.id())).orElseThrow().failingSinceMillis())
        .isEqualTo(NOW + DISABLE_AFTER);
  }

  @Test
  void timeWithoutAttemptsIsNoTimeOfFailing() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();
    List<Due> due = due(all);
    fail(all, due.get(0), 1, NOW);
    fail(all, due.get(0), 2, NOW + GAP);

    assertThat(fail(all, due.get(1), 1, NOW + DISABLE_AFTER + GAP)).isEmpty();
    CallbackEndpoint after = await(callbacks().find(TENANT, all.id())).orElseThrow();
    assertThat(after.enabled()).isTrue();
    assertThat(after.failingSinceMillis()).isEqualTo(NOW + DISABLE_AFTER + GAP);
  }

  @Test
  void anEndpointThatIsGoneIsDisabledAlthoughASuccessFollowsInTheSameGroup() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();
    List<Due> due = due(all);
    List<Result> group =
        List.of(
            gone(all, due.get(0), URL),
            result(all, due.get(1), DeliveryState.DELIVERED, NOW, null),
            result(all, due.get(2), DeliveryState.PENDING, NOW, "timeout"));

    assertThat(await(queue().record(group, LIMITS))).containsExactly(all.id());
    assertThat(await(callbacks().find(TENANT, all.id())).orElseThrow().disabledReason())
        .isEqualTo("gone");
  }

  @Test
  void aUrlThatIsNotTheEndpointsAnyMoreSaysNothingOfTheEndpoint() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();
    List<Due> due = due(all);
    fail(all, due.get(1), 1, NOW);
    CallbackPatch moved = new CallbackPatch("https://example.org/new", null, null, null);
    await(callbacks().change(TENANT, all.id(), moved, NOW + 1));

    assertThat(await(queue().record(List.of(gone(all, due.get(0), URL)), LIMITS))).isEmpty();
    CallbackEndpoint after = await(callbacks().find(TENANT, all.id())).orElseThrow();
    assertThat(after.enabled()).isTrue();
    assertThat(after.failingSinceMillis()).isZero();
    assertThat(await(callbacks().deliveries(all.id(), DeliveryState.FAILED, ALL, 10))).hasSize(1);
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
  void manyAreSentOnceMoreInSeveralChanges() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    int notifications = 334;
    for (int i = 0; i < notifications; i++) {
      delivered();
    }

    assertThat(redeliver(all, new Redelivery.Range(NOW, NOW + 1_000, false, 10_000)))
        .isEqualTo(3 * notifications);
    assertThat(redeliver(all, new Redelivery.Range(NOW, NOW + 1_000, true, 10_000))).isZero();
  }

  @Test
  void whatIsAskedForDuringTheFirstAttemptIsSentOnceMore() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.receipt.*");
    delivered();
    Due due = due(all).get(0);
    redeliver(all, new Redelivery.Ids(List.of(due.eventId())));
    await(queue().record(List.of(result(all, due, DeliveryState.DELIVERED, NOW, null)), LIMITS));

    Due again = due(all).get(0);
    assertThat(again.key()).isEqualTo(due.key());
    await(queue().record(List.of(result(all, again, DeliveryState.DELIVERED, NOW, null)), LIMITS));
    assertThat(due(all)).isEmpty();
  }

  @Test
  void anEndpointThatIsGoneIsDisabledAtOnce() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();
    Result gone = gone(all, due(all).get(0), URL);

    assertThat(await(queue().record(List.of(gone), LIMITS))).containsExactly(all.id());
    assertThat(await(callbacks().find(TENANT, all.id())).orElseThrow().disabledReason())
        .isEqualTo("gone");
  }

  @Test
  void eventsAreSentOnceMoreByIdOrRange() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();
    List<Due> due = due(all);
    for (Due each : due) {
      boolean last = each.key() == due.get(2).key();
      DeliveryState state = last ? DeliveryState.FAILED : DeliveryState.DELIVERED;
      await(
          queue()
              .record(List.of(result(all, each, state, NOW + 1, last ? "refused" : null)), LIMITS));
    }
    assertThat(due(all)).isEmpty();

    assertThat(redeliver(all, new Redelivery.Ids(List.of(due.get(0).eventId(), "evt_nothing"))))
        .isEqualTo(1);
    assertThat(due(all)).extracting(Due::key).containsExactly(due.get(0).key());
    assertThat(due(all).get(0).attempts()).isZero();
    assertThat(redeliver(all, new Redelivery.Range(NOW, NOW + 1_000, true, 10))).isEqualTo(1);
    assertThat(due(all)).extracting(Due::key).contains(due.get(2).key());
    assertThat(redeliver(all, new Redelivery.Range(NOW, NOW + 1_000, false, 2))).isEqualTo(2);
    // Sent and delivered bear the provider's or our own time: only the receipt's is before this.
    assertThat(redeliver(all, new Redelivery.Range(NOW, NOW + 51, false, 10))).isEqualTo(2);
    assertThat(redeliver(all, new Redelivery.Range(NOW + 101, NOW + 999, false, 10))).isZero();
  }

  @Test
  void anAttemptThatEndsAfterItWasAskedForAnewChangesNothing() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.receipt.*");
    delivered();
    Due due = due(all).get(0);
    fail(all, due, 1, NOW);
    redeliver(all, new Redelivery.Ids(List.of(due.eventId())));
    await(
        queue()
            .record(
                List.of(
                    new Result(
                        all.id().key(),
                        due.key(),
                        due.asked(),
                        URL,
                        2,
                        DeliveryState.FAILED,
                        0,
                        NOW + 1,
                        1,
                        500,
                        "refused",
                        null)),
                LIMITS));

    assertThat(due(all)).singleElement().satisfies(again -> assertThat(again.attempts()).isZero());
  }

  @Test
  void aTestGoesToOneEndpointWhateverItWants() throws Exception {
    CallbackEndpoint one = add(TENANT, "io.signalbox.receipt.bounced");
    CallbackEndpoint other = add(TENANT, "io.signalbox.*");
    NotificationEvent event = testEvent(one);

    assertThat(await(callbacks().sendTo(one.id(), event))).isTrue();
    assertThat(due(one)).extracting(Due::eventId).containsExactly("evt_test");
    assertThat(due(other)).isEmpty();
    await(callbacks().change(TENANT, one.id(), enabled(false), NOW));
    assertThat(await(callbacks().sendTo(one.id(), event))).isFalse();
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

  @Test
  void aRemovedEndpointIsGoneAndItsLogIsDeleted() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();
    assertThat(await(callbacks().remove(TENANT, all.id(), NOW))).isTrue();

    assertThat(await(callbacks().find(TENANT, all.id()))).isEmpty();
    assertThat(await(callbacks().remove(TENANT, all.id(), NOW))).isFalse();
    assertThat(await(queue().enabled(NOW)).endpoints()).isEmpty();
    int deleted = 0;
    for (int some = await(queue().deleteOld(0)); some > 0; some = await(queue().deleteOld(0))) {
      deleted += some;
    }
    assertThat(deleted).isEqualTo(4);
  }

  private AttemptId attemptOfLast;

  /** Takes a notification all the way: three events. */
  private NotificationId delivered() throws Exception {
    NotificationId id = begun();
    attemptOfLast = new AttemptId(id, 1);
    settleSent(id, 1, "m1");
    record(id, 1, ReceiptStatus.DELIVERED);
    return id;
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

  private static NotificationEvent testEvent(CallbackEndpoint endpoint) {
    return new NotificationEvent(
        "evt_test",
        EventTypes.CALLBACK_TEST,
        endpoint.tenant(),
        endpoint.id().toString(),
        null,
        null,
        null,
        null,
        null,
        "test",
        ReasonClass.NONE,
        null,
        null,
        null,
        Instant.ofEpochMilli(NOW),
        Instant.ofEpochMilli(NOW));
  }

  private CallbackEndpoint add(String tenant, String... filters) throws Exception {
    CallbackEndpoint endpoint = endpoint(tenant, filters);
    assertThat(await(callbacks().add(endpoint))).isTrue();
    return endpoint;
  }

  private CallbackEndpoint endpoint(String tenant, String... filters) {
    return CallbackEndpoint.create(
        ids.next(), tenant, URL, null, filters(filters), secret("whsec_first", NOW), NOW);
  }

  private static CallbackSecret secret(String value, long now) {
    return new CallbackSecret(new Secret(value), now, Long.MAX_VALUE);
  }

  private static List<EventFilter> filters(String... filters) {
    return List.of(filters).stream().map(text -> EventFilter.parse(text).orElseThrow()).toList();
  }

  private static CallbackPatch wants(String... filters) {
    return new CallbackPatch(null, null, filters(filters), null);
  }

  private static CallbackPatch enabled(boolean wish) {
    return new CallbackPatch(null, null, null, wish);
  }

  private int redeliver(CallbackEndpoint endpoint, Redelivery which) throws Exception {
    return await(callbacks().redeliver(endpoint.tenant(), endpoint.id(), which, NOW + 10));
  }

  private List<NotificationId> fail(CallbackEndpoint endpoint, Due due, int attempts, long at)
      throws Exception {
    return await(
        queue()
            .record(
                List.of(
                    new Result(
                        endpoint.id().key(),
                        due.key(),
                        due.asked(),
                        URL,
                        attempts,
                        DeliveryState.PENDING,
                        at + 5_000,
                        at,
                        12,
                        0,
                        "timeout",
                        null)),
                LIMITS));
  }

  private static Result gone(CallbackEndpoint endpoint, Due due, String url) {
    return new Result(
        endpoint.id().key(),
        due.key(),
        due.asked(),
        url,
        1,
        DeliveryState.FAILED,
        0,
        NOW,
        1,
        410,
        "refused",
        "gone");
  }

  private static Result result(
      CallbackEndpoint endpoint, Due due, DeliveryState state, long at, String error) {
    return new Result(
        endpoint.id().key(),
        due.key(),
        due.asked(),
        URL,
        due.attempts() + 1,
        state,
        at + 5_000,
        at,
        12,
        error == null ? 200 : 0,
        error,
        null);
  }

  private List<Due> due(CallbackEndpoint endpoint) throws Exception {
    return await(queue().due(endpoint.id().key(), NOW + 100, 100, Set.of())).due().stream()
        .sorted(Comparator.comparingLong(Due::key))
        .toList();
  }

  private static List<String> types(List<Due> due) {
    return due.stream()
        .map(each -> each.content().toJsonObject().getString("type").substring(13))
        .toList();
  }
}
