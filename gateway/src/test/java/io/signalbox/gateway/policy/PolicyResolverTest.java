package io.signalbox.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyResolverTest {
  private static final RoutingPolicy OTP =
      SamplePolicies.policy("otp", Map.of("on_unknown", "failover", "max_attempts", "7"));
  private static final RoutingPolicy ORDERS =
      new RoutingPolicy(
          "orders",
          "orders.yaml",
          Set.of("order_shipped"),
          Set.of(),
          Map.of("on_unknown", "stop", "max_rounds", "9", "fallback_channels", "sms,email"));
  private static final RoutingPolicy MAIL =
      new RoutingPolicy(
          "mail",
          "mail.yaml",
          Set.of(),
          Set.of(Channel.EMAIL),
          Map.of("max_rounds", "2", "window", "1h", "retry_base", "30m"));

  private final PolicyResolver resolver =
      new PolicyResolver(new Policies(List.of(MAIL, ORDERS, OTP)), SamplePolicies.defaults());

  private static SendNotification mail(
      String type, Priority priority, @Nullable String policy, @Nullable Integer maxAttempts) {
    return new SendNotification(
        SendNotification.DEFAULT_TENANT,
        type,
        Channel.EMAIL,
        List.of(new Recipient.Email("a@example.org")),
        new Content(null, null, "<p>hello</p>"),
        priority,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        policy,
        maxAttempts,
        null,
        Map.of(),
        Map.of(),
        false,
        null);
  }

  /** Own fields, then the named policy, then that of the type, then that of the channel. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "other         | -     | -  | mail   | WAIT     | 30 | 2 | configuration | configuration",
        "order_shipped | -     | -  | orders | STOP     | 30 | 9 | configuration"
            + " | policy orders for its type",
        "other         | otp   | -  | otp    | FAILOVER | 7  | 2 | policy otp    | policy otp",
        "order_shipped | otp   | -  | otp    | FAILOVER | 7  | 9 | policy otp    | policy otp",
        "order_shipped | otp   | 4  | otp    | FAILOVER | 4  | 9 | notification  | policy otp",
        "order_shipped | gone  | -  | orders | STOP     | 30 | 9 | configuration"
            + " | policy orders for its type",
      })
  void eachKeyIsDecidedByTheFirstThatSaysSomething(
      String type,
      @Nullable String policy,
      @Nullable Integer own,
      String name,
      OnUnknown onUnknown,
      int maxAttempts,
      int maxRounds,
      String maxAttemptsFrom,
      String onUnknownFrom) {
    EffectivePolicy effective = resolver.resolve(mail(type, Priority.NORMAL, policy, own));

    assertThat(effective.name()).isEqualTo(name);
    assertThat(effective.onUnknown()).isEqualTo(onUnknown);
    assertThat(effective.maxAttempts()).isEqualTo(maxAttempts);
    assertThat(effective.maxRounds()).isEqualTo(maxRounds);
    assertThat(effective.sources().of(PolicyKeys.MAX_ATTEMPTS)).isEqualTo(maxAttemptsFrom);
    assertThat(effective.sources().of(PolicyKeys.ON_UNKNOWN)).isEqualTo(onUnknownFrom);
    assertThat(effective.windowMillis()).isEqualTo(Duration.ofHours(1).toMillis());
    assertThat(effective.sources().of(PolicyKeys.WINDOW))
        .isEqualTo("policy mail for channel email");
  }

  @Test
  void withoutAPolicyThePriorityDecides() {
    EffectivePolicy normal = SamplePolicies.effective(Map.of());
    EffectivePolicy urgent = SamplePolicies.effective(Priority.URGENT, Map.of());
    assertThat(normal.onUnknown()).isEqualTo(OnUnknown.WAIT);
    assertThat(normal.halfOpenTrials()).isTrue();
    assertThat(urgent.onUnknown()).isEqualTo(OnUnknown.FAILOVER);
    assertThat(urgent.halfOpenTrials()).isFalse();
    assertThat(normal.duplicateBudget()).isNull();
  }

  @Test
  void aFallbackChannelNeedsAnAddressAndAText() {
    SendNotification mail = mail("order_shipped", Priority.NORMAL, null, null);
    EffectivePolicy effective = resolver.resolve(mail);
    // Its own channel is no fallback.
    assertThat(effective.fallbackChannels()).containsExactly(Channel.SMS);
    assertThat(effective.fallbackChannelsOf(mail)).isEmpty();
  }

  @Test
  void waitsOfDifferentLayersFitTogether() {
    EffectivePolicy effective = resolver.resolve(mail("x", Priority.NORMAL, null, null));
    assertThat(effective.retryBaseMillis()).isEqualTo(Duration.ofMinutes(30).toMillis());
    assertThat(effective.retryMaxMillis()).isEqualTo(effective.retryBaseMillis());
  }

  @Test
  void whatPoliciesSayTogetherIsWorkedOutOnce() {
    SendNotification mail = mail("order_shipped", Priority.NORMAL, "otp", null);
    assertThat(resolver.resolve(mail)).isSameAs(resolver.resolve(mail));
  }

  @Test
  void twoMayNotClaimTheSame() {
    RoutingPolicy also =
        new RoutingPolicy("also", "also.yaml", Set.of("order_shipped"), Set.of(), Map.of());
    assertThatThrownBy(() -> new Policies(List.of(ORDERS, also)))
        .hasMessage("also.yaml and orders.yaml both claim order_shipped");
  }
}
