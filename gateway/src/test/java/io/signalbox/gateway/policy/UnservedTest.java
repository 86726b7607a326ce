package io.signalbox.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnservedTest {
  private static final Map<String, Set<Channel>> PROVIDERS =
      Map.of("mails", Set.of(Channel.EMAIL), "texts", Set.of(Channel.SMS, Channel.WHATSAPP));

  private static List<Unserved> in(Map<String, String> values) {
    return Unserved.in(new Policies(List.of(SamplePolicies.policy("sample", values))), PROVIDERS);
  }

  @Test
  void whatIsServedIsNoMatter() {
    assertThat(in(Map.of())).isEmpty();
    assertThat(in(Map.of("provider", "mails", "fallback_channels", "sms, whatsapp"))).isEmpty();
  }

  @Test
  void aProviderAndAChannelThatNobodyServesAreFound() {
    assertThat(in(Map.of("provider", "mail", "fallback_channels", "sms, telegram")))
        .containsExactly(
            new Unserved("sample", "provider", "mail"),
            new Unserved("sample", "fallback_channels", "telegram"));
  }
}
