package io.signalbox.gateway.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.preferences.Preferences;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was stored with SQL and means nobody is told once. */
class UnknownPreferencesTest {
  private final GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
  private final UnknownPreferences unknown = new UnknownPreferences();

  @Test
  void aNameThatNobodyHasIsFoundOnceForEachChange() {
    assertThat(unknown.find(preferring("twilo"), Set.of("twilio"))).containsExactly("twilo");
    assertThat(unknown.find(preferring("twilo"), Set.of("twilio", "vonage"))).isEmpty();
    assertThat(unknown.find(preferring("twilio"), Set.of("twilio"))).isEmpty();
    assertThat(unknown.find(preferring("twilo"), Set.of("twilio"))).containsExactly("twilo");
  }

  @Test
  void aProviderThatGoesWhileItIsPreferredIsFound() {
    assertThat(unknown.find(preferring("twilio"), Set.of("twilio"))).isEmpty();
    assertThat(unknown.find(preferring("twilio"), Set.of())).containsExactly("twilio");
  }

  private Preferences preferring(String provider) {
    return Preferences.of(
        new StoredPreferences(
            PreferenceSet.of(Map.of(PreferenceKey.PREFERRED_PROVIDER, provider)), Map.of()),
        config.scoring(),
        config.dispatch());
  }
}
