package io.signalbox.provider.resend;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Feature;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import java.util.Set;

/** Makes Resend providers. */
public final class ResendFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "resend",
          "Resend",
          Set.of(Channel.EMAIL),
          ResendEvent.STATUSES,
          "Standard Webhooks: HMAC-SHA256 over id, timestamp and body (svix-signature)",
          true,
          true,
          Set.of(Feature.SENDER, Feature.REPLY_TO));

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new ResendProvider(ResendConfig.read(context.config()), context);
  }
}
