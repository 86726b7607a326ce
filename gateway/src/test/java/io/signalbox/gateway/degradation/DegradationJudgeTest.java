package io.signalbox.gateway.degradation;

import static io.signalbox.gateway.degradation.Facts.GOOD;
import static io.signalbox.gateway.degradation.Facts.NOW;
import static io.signalbox.gateway.degradation.Facts.OPEN;
import static io.signalbox.gateway.degradation.Facts.SPARE;
import static io.signalbox.gateway.degradation.Facts.WELL;
import static io.signalbox.gateway.degradation.Facts.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.DegradationCause;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import io.signalbox.spi.Channel;
import java.util.List;
import org.junit.jupiter.api.Test;

class DegradationJudgeTest {
  private static final ChannelFacts EMAIL = channel(Channel.EMAIL, GOOD, SPARE);
  private static final ChannelFacts EMAIL_OUT = channel(Channel.EMAIL, OPEN);
  private static final ChannelFacts SMS = channel(Channel.SMS, GOOD);
  private static final ChannelFacts SMS_REDUCED = channel(Channel.SMS, GOOD, OPEN);
  private static final ChannelFacts SMS_OUT = channel(Channel.SMS, OPEN);

  private final DegradationJudge judge =
      new DegradationJudge(Facts.CONFIG.degradation(), Facts.CONFIG.intake(), NOW);

  private DegradationStatus judge(long afterMillis, ChannelFacts... channels) {
    return judge.judge(WELL, List.of(channels), NOW + afterMillis);
  }

  @Test
  void theWholeIsAsBadAsItsWorstChannel() {
    judge(0, EMAIL_OUT, SMS_REDUCED);
    DegradationStatus status = judge(2_000, EMAIL_OUT, SMS_REDUCED);

    assertThat(status.mode()).isEqualTo(DegradationMode.DEGRADED);
    assertThat(status.gatewayMode()).isEqualTo(DegradationMode.NORMAL);
    assertThat(status.sinceMillis()).isEqualTo(NOW + 2_000);
    assertThat(status.reasons())
        .extracting(DegradationReason::cause)
        .containsExactly(DegradationCause.NO_USABLE_PROVIDER, DegradationCause.PROVIDER_LOST);
    assertThat(status.channels().get(Channel.SMS).mode()).isEqualTo(DegradationMode.PARTIAL);
  }

  @Test
  void channelsComeBackEachInItsTime() {
    judge(0, EMAIL_OUT, SMS_REDUCED);
    judge(2_000, EMAIL_OUT, SMS_REDUCED);
    judge(10_000, EMAIL, SMS_REDUCED);
    DegradationStatus still = judge(39_999, EMAIL, SMS_REDUCED);
    assertThat(still.mode()).isEqualTo(DegradationMode.DEGRADED);
    DegradationStatus smsOnly = judge(40_000, EMAIL, SMS_REDUCED);
    assertThat(smsOnly.mode()).isEqualTo(DegradationMode.PARTIAL);
    assertThat(smsOnly.channels().get(Channel.EMAIL).mode()).isEqualTo(DegradationMode.NORMAL);
    assertThat(smsOnly.sinceMillis()).isEqualTo(NOW + 40_000);
    judge(50_000, EMAIL, SMS);
    assertThat(judge(80_000, EMAIL, SMS).mode()).isEqualTo(DegradationMode.NORMAL);
  }

  @Test
  void withoutAnyUsableProviderTheWholeIsCritical() {
    judge(0, EMAIL_OUT, SMS_OUT);
    DegradationStatus status = judge(2_000, EMAIL_OUT, SMS_OUT);
    assertThat(status.mode()).isEqualTo(DegradationMode.CRITICAL);
    assertThat(status.reasons().get(0).cause()).isEqualTo(DegradationCause.NO_CHANNEL_WORKS);
    assertThat(status.channels().get(Channel.EMAIL).mode()).isEqualTo(DegradationMode.DEGRADED);
  }

  @Test
  void aChannelWhoseLastProviderWasRemovedIsForgotten() {
    judge(0, EMAIL_OUT, SMS);
    judge(2_000, EMAIL_OUT, SMS);
    DegradationStatus status = judge(2_250, SMS);
    assertThat(status.mode()).isEqualTo(DegradationMode.NORMAL);
    assertThat(status.channels()).containsOnlyKeys(Channel.SMS);
  }
}
