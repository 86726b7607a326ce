package io.signalbox.provider.telegram;

import io.signalbox.spi.Channel;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReceiptStatus;
import java.util.Set;

/** Makes providers that send through a Telegram bot. */
public final class TelegramFactory implements ProviderFactory {
  /** Telegram has no delivery and no read receipts, so none of their statuses stands here. */
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "telegram",
          "Telegram Bot API",
          Set.of(Channel.TELEGRAM),
          Set.of(ReceiptStatus.CLICKED, ReceiptStatus.UNSUBSCRIBED, ReceiptStatus.UNKNOWN),
          "X-Telegram-Bot-Api-Secret-Token: a shared secret; body and time are not signed",
          false,
          false);

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new TelegramProvider(TelegramConfig.read(context.config()), context);
  }
}
