package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.SecuritySettings.RequestRates;
import io.signalbox.gateway.security.RequestLimits.Standing;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
  private final AtomicLong nanos = new AtomicLong(-1_000_000);

  @Test
  void withoutRatesNothingIsLimited() {
    assertThat(limits(0, 0).take(caller("a", "x"))).isNull();
  }

  @Test
  void aTenantsCallersShareItsRateAndAnotherTenantHasItsOwn() {
    RequestLimits limits = limits(2, 0);
    assertThat(limits.take(caller("a", "x")))
        .isEqualTo(new Standing("tenant", 2, 1000, 1, 0, true));
    assertThat(limits.take(caller("b", "x")))
        .isEqualTo(new Standing("tenant", 2, 1000, 0, 500, true));
    assertThat(limits.take(caller("c", "x")))
        .isEqualTo(new Standing("tenant", 2, 1000, 0, 500, false));
    assertThat(limits.take(caller("a", "y")).allowed()).isTrue();
    pass(500);
    assertThat(limits.take(caller("a", "x")).allowed()).isTrue();
  }

  @Test
  void whatACallerIsRefusedTakesNothingFromItsTenant() {
    RequestLimits limits = limits(3, 1);
    assertThat(limits.take(caller("a", "x")).limit()).isEqualTo("caller");
    for (int i = 0; i < 10; i++) {
      assertThat(limits.take(caller("a", "x")))
          .isEqualTo(new Standing("caller", 1, 1000, 0, 1000, false));
    }
    assertThat(limits.take(caller("b", "x")).allowed()).isTrue();
    assertThat(limits.take(caller("c", "x")).allowed()).isTrue();
    assertThat(limits.take(caller("d", "x")).allowed()).isFalse();
  }

  @Test
  void aSlowRateIsNotForgottenBeforeItsBucketIsFull() {
    RequestLimits limits = limits(0, 0.01);
    assertThat(limits.take(caller("a", "x")).allowed()).isTrue();
    pass(61_000);
    assertThat(limits.take(caller("a", "x")).allowed()).isFalse();
    pass(39_000);
    assertThat(limits.take(caller("a", "x")).allowed()).isTrue();
  }

  private RequestLimits limits(double perTenant, double perCaller) {
    return new RequestLimits(new RequestRates(perTenant, perCaller), nanos::get);
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private static Caller caller(String subject, String tenant) {
    return new Caller(subject, tenant, Set.of(Role.SENDER));
  }
}
