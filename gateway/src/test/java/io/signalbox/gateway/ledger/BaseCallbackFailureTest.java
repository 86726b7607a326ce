package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.spi.events.NotificationEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every ledger disables the callback endpoints that fail for too long or are gone. */
public abstract class BaseCallbackFailureTest extends CallbackContract {
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
  void anEndpointThatIsGoneIsDisabledAtOnce() throws Exception {
    CallbackEndpoint all = add(TENANT, "io.signalbox.*");
    delivered();
    Result gone = gone(all, due(all).get(0), URL);

    assertThat(await(queue().record(List.of(gone), LIMITS))).containsExactly(all.id());
    assertThat(await(callbacks().find(TENANT, all.id())).orElseThrow().disabledReason())
        .isEqualTo("gone");
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
}
