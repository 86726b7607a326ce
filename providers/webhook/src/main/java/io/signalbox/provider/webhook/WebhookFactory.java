package io.signalbox.provider.webhook;

import io.signalbox.spi.Channel;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReceiptStatus;
import java.util.EnumSet;
import java.util.Set;

/** Makes providers of HTTP APIs that have no plugin of their own. */
public final class WebhookFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "webhook",
          "Generic HTTP API",
          Set.of(Channel.EMAIL, Channel.SMS, Channel.WHATSAPP, Channel.TELEGRAM),
          EnumSet.allOf(ReceiptStatus.class),
          "as configured: HMAC over the body, a token header, or Standard Webhooks",
          false,
          false);

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new WebhookProvider(WebhookConfig.read(context.config()), context);
  }
}
