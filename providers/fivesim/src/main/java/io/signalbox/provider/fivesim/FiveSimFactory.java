package io.signalbox.provider.fivesim;

import io.signalbox.spi.Channel;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import java.util.Set;

/** Makes providers that rent numbers through 5sim. */
public final class FiveSimFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor("fivesim", "5sim", Set.of(Channel.NUMBER), Set.of(), "", false, false);

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new FiveSimProvider(FiveSimConfig.read(context.config()), context);
  }
}
