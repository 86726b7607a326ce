package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackQueue.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every ledger makes events due once more that an endpoint was sent already. */
public abstract class BaseCallbackRedeliveryTest extends CallbackContract {
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
                        true,
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

  private int redeliver(CallbackEndpoint endpoint, Redelivery which) throws Exception {
    return await(callbacks().redeliver(endpoint.tenant(), endpoint.id(), which, NOW + 10));
  }
}
