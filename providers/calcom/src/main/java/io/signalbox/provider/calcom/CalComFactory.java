package io.signalbox.provider.calcom;

import io.signalbox.spi.Channel;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import java.util.Set;

/** Makes Cal.com providers. */
public final class CalComFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "calcom",
          "Cal.com",
          Set.of(Channel.BOOKING),
          Set.of(),
          "HMAC-SHA256 over the body (X-Cal-Signature-256), no time and so no replay protection",
          false,
          false);

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new CalComProvider(CalComConfig.read(context.config()), context);
  }
}
