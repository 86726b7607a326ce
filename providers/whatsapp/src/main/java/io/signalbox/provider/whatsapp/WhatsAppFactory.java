package io.signalbox.provider.whatsapp;

import io.signalbox.spi.Channel;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReceiptStatus;
import java.util.Set;

/** Makes providers that send through the WhatsApp Business Cloud API. */
public final class WhatsAppFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "whatsapp",
          "WhatsApp Business Cloud API",
          Set.of(Channel.WHATSAPP),
          Set.of(
              ReceiptStatus.SENT,
              ReceiptStatus.DELIVERED,
              ReceiptStatus.READ,
              ReceiptStatus.BOUNCED,
              ReceiptStatus.REJECTED,
              ReceiptStatus.FAILED,
              ReceiptStatus.UNSUBSCRIBED,
              ReceiptStatus.UNKNOWN),
          "X-Hub-Signature-256: HMAC-SHA256 over the body, no time and so no replay protection",
          false,
          false);

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new WhatsAppProvider(WhatsAppConfig.read(context.config()), context);
  }
}
