package io.signalbox.provider.smsactivate;

import io.signalbox.spi.Channel;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import java.util.Set;

/** Makes providers that rent numbers from services that speak the protocol of SMS-Activate. */
public final class SmsActivateFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "smsactivate",
          "SMS-Activate protocol",
          Set.of(Channel.NUMBER),
          Set.of(),
          "a secret in the URL (query parameter secret); body and time are not signed",
          false,
          false);

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new SmsActivateProvider(SmsActivateConfig.read(context.config()), context);
  }
}
