package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.bus.ScoringMessages.Ranked;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What operators prefer decides, before any score. */
class PreferredDispatchTest extends BaseDispatchTest {

  @Test
  void thePreferredProviderGoesFirstAndTheOthersFollow() {
    prefer(Map.of(PreferenceKey.PREFERRED_PROVIDER, "second"));
    second.answers(TRANSIENT);

    Timeline timeline = endsIn(accept(), NotificationState.SENT);

    assertThat(timeline.attempts())
        .extracting(AttemptEntry::provider)
        .containsExactly("second", "first");
    assertThat(timeline.attempts().get(0).decision().rule()).isEqualTo("preferred");
  }

  @Test
  void thePreferredProviderIsPassedOverWhileItsBreakerIsOpen() {
    prefer(Map.of(PreferenceKey.PREFERRED_PROVIDER, "second"));
    second.breaker("open", 2);
    await().until(() -> !usable("second"));

    assertThat(endsIn(accept(), NotificationState.SENT).attempts())
        .extracting(AttemptEntry::provider)
        .containsExactly("first");
  }

  @Test
  void withoutFallbackOnlyThePreferredProviderIsUsedRoundByRound() {
    prefer(
        Map.of(
            PreferenceKey.PREFERRED_PROVIDER,
            "second",
            PreferenceKey.FALLBACK_ENABLED,
            false,
            PreferenceKey.RETRY_ATTEMPTS,
            1L));
    second.answers(TRANSIENT);

    Timeline timeline = endsIn(accept(), NotificationState.DEAD_LETTER);

    assertThat(timeline.attempts())
        .extracting(AttemptEntry::provider)
        .containsExactly("second", "second");
    assertThat(first.asked).isEmpty();
    assertThat(timeline.attempts().get(0).decision().excluded())
        .extracting(excluded -> excluded.provider() + " " + excluded.reason())
        .containsExactly("first fallback_disabled");
  }

  @Test
  void withoutFallbackAndPreferenceOnlyTheFirstIsUsed() {
    prefer(Map.of(PreferenceKey.FALLBACK_ENABLED, false, PreferenceKey.RETRY_ATTEMPTS, 0L));
    first.answers(TRANSIENT);

    assertThat(endsIn(accept(), NotificationState.DEAD_LETTER).attempts())
        .extracting(AttemptEntry::provider)
        .containsExactly("first");
    assertThat(second.asked).isEmpty();
  }

  @Test
  void aPinnedNotificationGoesWhereItWantsWhateverIsPreferred() {
    prefer(
        Map.of(PreferenceKey.PREFERRED_PROVIDER, "second", PreferenceKey.FALLBACK_ENABLED, false));

    assertThat(
            endsIn(
                    accept(
                        WorkItems.pinned(
                            WorkItems.notification(Priority.NORMAL, null, null), "first"),
                        true),
                    NotificationState.SENT)
                .attempts())
        .extracting(AttemptEntry::provider)
        .containsExactly("first");
  }

  private final AtomicReference<Ranked> ranked = new AtomicReference<>();

  private void prefer(Map<PreferenceKey, Object> values) {
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
    bus.listen(Addresses.RANKING, Ranked.class, ranked::set);
    bus.publish(
        Addresses.PREFERENCES,
        new InForce(
            Preferences.of(
                new StoredPreferences(PreferenceSet.of(values), Map.of()),
                config.scoring(),
                config.dispatch())));
    Object preferred = values.get(PreferenceKey.PREFERRED_PROVIDER);
    await()
        .until(
            () ->
                ranked.get() != null
                    && (preferred == null
                        || preferred.equals(
                            ranked.get().channels().get(Channel.EMAIL).ranking().preferred())));
  }

  private boolean usable(String provider) {
    return ranked.get().channels().get(Channel.EMAIL).ranking().find(provider).usable();
  }
}
