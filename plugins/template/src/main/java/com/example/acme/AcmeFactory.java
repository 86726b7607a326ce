package com.example.acme;

import io.signalbox.spi.Channel;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import java.util.Set;

/** Makes providers of the Acme mail API. */
public final class AcmeFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "acme",
          "Acme",
          Set.of(Channel.EMAIL),
          AcmeMessage.STATUSES,
          "HMAC-SHA256 over time and body",
          true,
          true);

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new AcmeProvider(context, AcmeConfig.read(context.config()));
  }
}
