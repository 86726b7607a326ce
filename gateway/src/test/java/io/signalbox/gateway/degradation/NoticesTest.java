package io.signalbox.gateway.degradation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.NoticeTexts;
import io.signalbox.gateway.degradation.DegradationStatus.ChannelStatus;
import io.signalbox.gateway.model.DegradationCause;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import io.signalbox.spi.Channel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private static final String DELAYED =
      "E-mail is delayed at the moment; your message is stored and will be sent as soon as"
          + " possible.";

  private final NoticeTexts texts = Facts.CONFIG.degradation().texts();
  private final Map<Channel, ChannelStatus> channels = new EnumMap<>(Channel.class);
  private DegradationMode gateway = DegradationMode.NORMAL;

  private void channel(Channel channel, DegradationCause... causes) {
    List<DegradationReason> reasons =
        List.of(causes).stream()
            .map(cause -> new DegradationReason(cause, channel, "secret-provider: breaker_open"))
            .toList();
    Verdict verdict = Verdict.of(reasons);
    channels.put(
        channel, new ChannelStatus(verdict.mode(), 0, reasons, Facts.channel(channel, Facts.GOOD)));
  }

  private String notice(Channel channel, Channel... fallbacks) {
    DegradationMode mode = gateway;
    for (ChannelStatus status : channels.values()) {
      mode = mode.orWorse(status.mode());
    }
    DegradationStatus status = new DegradationStatus(mode, 0, List.of(), gateway, channels);
    Notice notice = Notices.of(status, texts).of(channel, List.of(fallbacks));
    return notice == null ? null : notice.text();
  }

  @Test
  void nothingIsSaidOfWhatIsNormal() {
    channel(Channel.EMAIL);
    channel(Channel.SMS, DegradationCause.NO_USABLE_PROVIDER);
    assertThat(notice(Channel.EMAIL, Channel.SMS)).isNull();
  }

  @Test
  void saysWhatHappensToTheMessage() {
    channel(Channel.EMAIL, DegradationCause.NO_USABLE_PROVIDER);
    channel(Channel.SMS, DegradationCause.PROVIDER_LOST);
    channel(Channel.TELEGRAM, DegradationCause.BACKLOG_AGE);

    assertThat(notice(Channel.EMAIL)).isEqualTo(DELAYED);
    assertThat(notice(Channel.EMAIL, Channel.TELEGRAM))
        .as("a fallback that does not work either")
        .isEqualTo(DELAYED);
    assertThat(notice(Channel.EMAIL, Channel.TELEGRAM, Channel.SMS))
        .isEqualTo("E-mail is not available at the moment; your message is sent by SMS instead.");
    assertThat(notice(Channel.SMS)).startsWith("SMS works with its reserve at the moment;");
    assertThat(notice(Channel.TELEGRAM, Channel.SMS))
        .as("it is late, and has a provider: no fallback")
        .startsWith("Telegram is delayed");
    assertThat(notice(Channel.WHATSAPP)).isNull();
  }

  @Test
  void whileTheGatewayItselfIsCriticalEveryChannelIsLate() {
    gateway = DegradationMode.CRITICAL;
    assertThat(notice(Channel.EMAIL)).isEqualTo(DELAYED);
    assertThat(notice(Channel.WHATSAPP, Channel.EMAIL)).startsWith("WhatsApp is delayed");
  }

  @Test
  void whatConcernsReceiptsOnlyIsNotToldToSenders() {
    gateway = DegradationMode.DEGRADED;
    channel(Channel.EMAIL);
    assertThat(notice(Channel.EMAIL)).isNull();
  }

  @Test
  void theJsonFormIsEscaped() {
    assertThat(Notice.of("a \"b\" \\ ü").json()).isEqualTo("\"a \\\"b\\\" \\\\ ü\"");
  }
}
