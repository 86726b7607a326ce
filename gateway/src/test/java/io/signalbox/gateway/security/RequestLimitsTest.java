package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.SecuritySettings.RequestRates;
import io.signalbox.gateway.security.RequestLimits.Standing;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
  private static final long NOW = 1_000_000;

  @Test
  void withoutRatesNothingIsLimited() {
    assertThat(new RequestLimits(new RequestRates(0, 0)).take(caller("a", "x"), NOW)).isNull();
  }

  @Test
  void aTenantsCallersShareItsRateAndAnotherTenantHasItsOwn() {
    RequestLimits limits = new RequestLimits(new RequestRates(2, 0));
    assertThat(limits.take(caller("a", "x"), NOW))
        .isEqualTo(new Standing("tenant", 2, 1000, 1, 0, true));
    assertThat(limits.take(caller("b", "x"), NOW))
        .isEqualTo(new Standing("tenant", 2, 1000, 0, 500, true));
    assertThat(limits.take(caller("c", "x"), NOW))
        .isEqualTo(new Standing("tenant", 2, 1000, 0, 500, false));
    assertThat(limits.take(caller("a", "y"), NOW).allowed()).isTrue();
    assertThat(limits.take(caller("a", "x"), NOW + 500).allowed()).isTrue();
  }

  @Test
  void whatACallerIsRefusedTakesNothingFromItsTenant() {
    RequestLimits limits = new RequestLimits(new RequestRates(3, 1));
    assertThat(limits.take(caller("a", "x"), NOW).limit()).isEqualTo("caller");
    for (int i = 0; i < 10; i++) {
      assertThat(limits.take(caller("a", "x"), NOW))
          .isEqualTo(new Standing("caller", 1, 1000, 0, 1000, false));
    }
    assertThat(limits.take(caller("b", "x"), NOW).allowed()).isTrue();
    assertThat(limits.take(caller("c", "x"), NOW).allowed()).isTrue();
    assertThat(limits.take(caller("d", "x"), NOW).allowed()).isFalse();
  }

  private static Caller caller(String subject, String tenant) {
    return new Caller(subject, tenant, Set.of(Role.SENDER));
  }
}
