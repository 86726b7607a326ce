package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.hooks.HookKind.Fault;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReasonClass;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told, in nobody's words yet.
 *
 * @param eventId the same each time that it is told
 * @param id whose news it is
 * @param recipient empty if it is not known any more
 * @param reason why, where it failed
 * @param taken whether a provider told it of a message that it had taken
 * @param code of the provider that delivered; null if it gave none
 * @param text of the provider that delivered, or of the gateway; null if there is none
 * @param at when it happened
 * @param subject of an email; null if there is none
 * @param memo what the application's request said that is told again
 */
record HookNews(
    String eventId,
    HookKind kind,
    NotificationId id,
    Channel channel,
    String recipient,
    ReasonClass reason,
    boolean taken,
    @Nullable String code,
    @Nullable String text,
    Instant at,
    @Nullable String subject,
    DialectMemo memo) {

  /** The account that the request was made for, if it came in that dialect; null if not. */
  @Nullable String accountOf(String dialect) {
    return memo.dialect().equals(dialect) ? memo.account() : null;
  }

  Fault fault() {
    return kind == HookKind.EXPIRED ? Fault.EXPIRED : Fault.of(reason);
  }

  /** Why, for people; never empty. */
  String why() {
    if (text != null && !text.isEmpty()) {
      return text;
    }
    return code == null ? fault().name().toLowerCase(Locale.ROOT) : code;
  }

  /** The id that the application was told: that of the message's first recipient. */
  NotificationId message() {
    NotificationId told = memo.message();
    return told == null ? id : told;
  }

  /** Nothing of whom it is about. */
  @Override
  public String toString() {
    return "HookNews[" + kind + " " + eventId + "]";
  }
}
