package io.signalbox.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.gateway.config.QuotaSettings.Quota;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaKeysTest {
  private static QuotaSettings read(Map<String, String> keys) {
    return ConfigLoader.load(Optional.empty(), Map.of(), keys).quotas();
  }

  @Test
  void aTenantThatIsNamedHasItsOwn() {
    assertThat(read(Map.of()).isNone()).isTrue();
    QuotaSettings quotas =
        read(Map.of("quotas.tenant_per_day", "7", "quotas.tenants", "a b=1/20, shop=0/0"));
    assertThat(quotas.isNone()).isFalse();
    assertThat(quotas.of("a b")).isEqualTo(new Quota(1, 20));
    assertThat(quotas.of("shop")).isEqualTo(new Quota(0, 0));
    assertThat(quotas.of("other")).isEqualTo(new Quota(7, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "shop=1", "shop=1/-2", "=1/2", "shop=1/2/3x"})
  void whatIsNoQuotaIsAMistake(String text) {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> read(Map.of("quotas.tenants", text)));
    assertThat(refused.mistakes().toString()).contains("must be a list of tenants");
  }
}
