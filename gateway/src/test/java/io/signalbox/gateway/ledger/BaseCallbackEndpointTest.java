package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every ledger keeps callback endpoints as they were last changed. */
public abstract class BaseCallbackEndpointTest extends CallbackContract {
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
}
