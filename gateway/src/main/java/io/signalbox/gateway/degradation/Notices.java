package io.signalbox.gateway.degradation;

import io.signalbox.gateway.config.NoticeTexts;
import io.signalbox.gateway.degradation.DegradationStatus.ChannelStatus;
import io.signalbox.gateway.model.DegradationCause;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.spi.Channel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sentences that fit a status, made once for it. Says nothing of causes: no provider's name, no
 * figure. Immutable.
 */
final class Notices {
  /** While all is normal there is nothing to say. */
  static final Notices NONE = new Notices(Map.of());

  private final Map<Channel, OfChannel> channels;

  private Notices(Map<Channel, OfChannel> channels) {
    this.channels = channels;
  }

  /** The sentences for a status. */
  static Notices of(DegradationStatus status, NoticeTexts texts) {
    if (status.mode() == DegradationMode.NORMAL) {
      return NONE;
    }
    Map<Channel, OfChannel> channels = new EnumMap<>(Channel.class);
    for (Channel channel : Channel.values()) {
      if (channel.carriesMessages()) {
        OfChannel notice = of(channel, status, texts);
        if (notice != null) {
          channels.put(channel, notice);
        }
      }
    }
    return channels.isEmpty() ? NONE : new Notices(channels);
  }

  private static @Nullable OfChannel of(
      Channel channel, DegradationStatus status, NoticeTexts texts) {
    Notice delayed = Notice.of(fill(texts.delayed(), channel));
    if (status.gatewayMode() == DegradationMode.CRITICAL) {
      return new OfChannel(delayed, Map.of());
    }
    ChannelStatus own = status.channels().get(channel);
    if (own == null || own.mode() == DegradationMode.NORMAL) {
      return null;
    }
    if (own.mode() == DegradationMode.PARTIAL) {
      return new OfChannel(Notice.of(fill(texts.reduced(), channel)), Map.of());
    }
    return new OfChannel(delayed, hasNoProvider(own) ? detours(channel, status, texts) : Map.of());
  }

  private static boolean hasNoProvider(ChannelStatus status) {
    return status.reasons().stream()
        .anyMatch(reason -> reason.cause() == DegradationCause.NO_USABLE_PROVIDER);
  }

  /** What to say where a fallback channel takes over. */
  private static Map<Channel, Notice> detours(
      Channel channel, DegradationStatus status, NoticeTexts texts) {
    Map<Channel, Notice> detours = new EnumMap<>(Channel.class);
    status
        .channels()
        .forEach(
            (other, its) -> {
              if (other != channel && its.mode().level() <= DegradationMode.PARTIAL.level()) {
                String text = fill(texts.fallback(), channel).replace("{fallback}", name(other));
                detours.put(other, Notice.of(text));
              }
            });
    return detours;
  }

  private static String fill(String template, Channel channel) {
    return template.replace("{channel}", name(channel));
  }

  private static String name(Channel channel) {
    return switch (channel) {
      case EMAIL -> "E-mail";
      case SMS -> "SMS";
      case WHATSAPP -> "WhatsApp";
      case TELEGRAM -> "Telegram";
      case NUMBER, BOOKING -> channel.wireName();
    };
  }

  /** What to say of a channel by itself; null if nothing. */
  @Nullable Notice of(Channel channel) {
    return of(channel, List.of());
  }

  /**
   * What to say to somebody who asks for a channel with fallbacks; null if nothing. The first
   * fallback channel that works takes over.
   */
  @Nullable Notice of(Channel channel, List<Channel> fallbacks) {
    OfChannel notice = channels.get(channel);
    if (notice == null) {
      return null;
    }
    for (Channel fallback : fallbacks) {
      Notice detour = notice.detours().get(fallback);
      if (detour != null) {
        return detour;
      }
    }
    return notice.itself();
  }

  /**
   * What to say of one channel.
   *
   * @param itself if nothing takes over
   * @param detours by the fallback channel that takes over
   */
  private record OfChannel(Notice itself, Map<Channel, Notice> detours) {}
}
