package io.signalbox.gateway.compat.hooks;

import io.signalbox.spi.Channel;
import org.jspecify.annotations.Nullable;

/** What the memos of Vonage's two APIs say. */
final class VonageMemo {
  private static final String SMS_REFERENCE = "client-ref";
  private static final String MESSAGES_REFERENCE = "client_ref";

  private VonageMemo() {}

  /** Whether it came by the Messages API; other channels than SMS only that API has. */
  static boolean isOfMessages(HookNews news) {
    return news.channel() != Channel.SMS
        || news.memo().labels().contains("messages")
        || news.memo().custom().containsKey(MESSAGES_REFERENCE);
  }

  /** The application's own reference; null if it gave none. */
  static @Nullable String reference(HookNews news) {
    Object reference = news.memo().custom().get(SMS_REFERENCE);
    if (reference == null) {
      reference = news.memo().custom().get(MESSAGES_REFERENCE);
    }
    return reference == null ? null : reference.toString();
  }

  /** Vonage writes numbers without a plus. */
  static String number(String number) {
    return number.startsWith("+") ? number.substring(1) : number;
  }
}
